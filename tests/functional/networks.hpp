// SPDX-License-Identifier: Apache-2.0
// Built-in networks and accelerators for runs that compute.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "test_data.hpp"

namespace plumbline::test {

inline constexpr OverlapMode kRecompute = OverlapMode::fully_recompute;
inline constexpr OverlapMode kColumns = OverlapMode::h_cached;
inline constexpr OverlapMode kCached = OverlapMode::fully_cached;

struct Setting {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
};

inline std::string family_of(const std::string& accelerator)
{
    const auto df = accelerator.rfind("_df");
    return df == std::string::npos ? accelerator : accelerator.substr(0, df);
}

inline Workload network_named(const std::string& name)
{
    return io::read_workload(io::DescriptionFolder{kPlatformsFolder}, name, "workload");
}

/// \throws std::runtime_error where there is no such schedule
inline Setting planned(const std::string& accelerator, Workload workload, OverlapMode mode, TileSize tile,
                       const Cuts& cuts = {})
{
    const std::string platforms = kPlatformsFolder;
    Accelerator hardware = io::read_accelerator(platforms + "/accelerators/" + accelerator + ".yaml");
    const MappingRules rules = io::read_mapping(platforms + "/mappings/" + family_of(accelerator) + ".yaml", hardware);
    PlanOptions options;
    options.stacks = {{tile, mode}};
    options.cuts = cuts;
    options.search.factors = 3;
    auto schedule = plan_schedule(hardware, workload, rules, options);
    if (!schedule) throw std::runtime_error{schedule.reason()};
    return {std::move(hardware), std::move(workload), std::move(*schedule)};
}

}  // namespace plumbline::test
