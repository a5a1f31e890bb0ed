// SPDX-License-Identifier: Apache-2.0
// The platforms of the public DeFiNES as tests/reference has them, and the files of platforms/ that say the same.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {

using nlohmann::json;

/// Each has a sibling with the suffix "_DF".
inline const std::vector<std::string> kFamilies{"Meta_prototype", "TPU_like", "Edge_TPU_like", "Ascend_like",
                                                "Tesla_NPU_like"};
/// Ours lie in workloads/defines.
inline const std::vector<std::string> kNetworks{"dmcnnvd", "fsrcnn", "mccnn", "mobilenetv1", "resnet18"};

inline json facts(const std::string& name)
{
    std::ifstream in{std::string{kReferenceFolder} + '/' + name};
    return json::parse(in);
}

/// Our files are called like theirs, in lower case.
inline std::string platform_file(const std::string& folder, std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::string{kPlatformsFolder} + '/' + folder + '/' + name + ".yaml";
}

inline Accelerator accelerator_called(const std::string& name)
{
    return io::read_accelerator(platform_file("accelerators", name));
}

/// Of the networks of DeFiNES.
inline Workload network_called(const std::string& name)
{
    return io::read_workload(platform_file("workloads/defines", name));
}

}  // namespace plumbline::test
