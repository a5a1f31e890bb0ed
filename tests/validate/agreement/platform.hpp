// SPDX-License-Identifier: Apache-2.0
// A built-in network on a built-in accelerator, with the mapping rules of its family.
#pragma once

#include <string>

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

}  // namespace plumbline::validate
