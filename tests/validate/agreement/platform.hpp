// SPDX-License-Identifier: Apache-2.0
// A built-in network on a built-in accelerator, with the mapping rules of its family.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <tuple>

#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::validate {

struct Platform {
    Platform(const std::string& name, const std::string& network)
        : accelerator{io::read_accelerator(folder() + "/accelerators/" + name + ".yaml")},
          workload{io::read_workload(io::DescriptionFolder{folder()}, network, "workload")},
          rules{io::read_mapping(folder() + "/mappings/" + name.substr(0, name.rfind("_df")) + ".yaml", accelerator)}
    {}
    static std::string folder() { return kPlatformsFolder; }

    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
};

/// Name of a test whose parameters are an accelerator and a network.
inline std::string both_names(const ::testing::TestParamInfo<std::tuple<const char*, const char*>>& test)
{
    std::string network = std::get<1>(test.param);
    std::replace(network.begin(), network.end(), '/', '_');
    return std::string{std::get<0>(test.param)} + "__" + network;
}

}  // namespace plumbline::validate
