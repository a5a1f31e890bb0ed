// SPDX-License-Identifier: Apache-2.0
// An accelerator and a network of DeFiNES, read from the platform files.
#pragma once

#include <algorithm>
#include <cctype>

#include "equal.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline::parity {

inline std::string lower_case(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    return name;
}

/// "Meta_prototype_DF" has the rules of "Meta_prototype".
inline std::string family(const std::string& accelerator)
{
    const auto suffix = accelerator.rfind("_DF");
    return suffix == std::string::npos ? accelerator : accelerator.substr(0, suffix);
}

struct Pair {
    Pair(const std::string& accelerator_name, const std::string& network)
        : accelerator{io::read_accelerator(kPlatforms + "/accelerators/" + lower_case(accelerator_name) + ".yaml")},
          workload{io::read_workload(kPlatforms + "/workloads/defines/" + network + ".yaml")},
          rules{
              io::read_mapping(kPlatforms + "/mappings/" + lower_case(family(accelerator_name)) + ".yaml", accelerator)}
    {}

    /// As DeFiNES searches. \param mode its number: 1, 2 or 3
    Schedule planned(int mode, TileSize tile, int factors, const Cuts& cuts = {}) const
    {
        PlanOptions options;
        options.stacks = {{tile, static_cast<OverlapMode>(mode - 1)}};
        options.cuts = cuts;
        options.capacity = CapacityPolicy::optimistic;
        options.search.factors = factors;
        options.search.estimator = Estimator::uniform;
        const auto schedule = plan_schedule(accelerator, workload, rules, options);
        EXPECT_TRUE(schedule) << schedule.reason();
        return *schedule;
    }

    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
};

}  // namespace plumbline::parity
