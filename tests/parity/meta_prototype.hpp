// SPDX-License-Identifier: Apache-2.0
// The pair that the references are about, read from the platform files, and what "equal" means.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline::parity {

inline const std::string kPlatforms = PLUMBLINE_PLATFORMS;
inline const std::string kReference = PLUMBLINE_TEST_DATA;

inline double deviation(double predicted, double reference)
{
    if (predicted == reference) return 0;
    return std::abs(predicted - reference) / std::max(std::abs(reference), 1e-300);
}

inline void expect_equal(double predicted, double reference, const std::string& what)
{
    EXPECT_LE(deviation(predicted, reference), 1e-9) << what << ": " << predicted << ", reference " << reference;
}

struct MetaPrototype {
    Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    Workload workload = io::read_workload(kPlatforms + "/workloads/fsrcnn.yaml");
    MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);

    /// \param mode DeFiNES' number: 1, 2 or 3
    ScheduleCost predicted(int mode, TileSize tile, int factors) const
    {
        PlanOptions options;
        options.mode = static_cast<OverlapMode>(mode - 1);
        options.tile = tile;
        options.capacity = CapacityPolicy::optimistic;
        options.search.factors = factors;
        const auto schedule = plan_schedule(accelerator, workload, rules, options);
        EXPECT_TRUE(schedule);
        return predict(accelerator, workload, *schedule);
    }
};

}  // namespace plumbline::parity
