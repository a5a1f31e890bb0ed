// SPDX-License-Identifier: Apache-2.0
// A built-in network on a built-in accelerator, in full tiles.
#pragma once

#include <algorithm>
#include <string>
#include <tuple>

#include "plumbline/error.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"

namespace plumbline {

struct FullTile {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
};

/// Whether a class occurs most often in its stack; of those that occur as often, the largest.
inline bool is_typical(const Schedule& schedule, const TileClass& tile)
{
    for (const Stack& stack : schedule.stacks) {
        const auto rarer = [](const TileClass& a, const TileClass& b) {
            return std::make_tuple(a.count, a.size.x * a.size.y) < std::make_tuple(b.count, b.size.x * b.size.y);
        };
        if (*std::max_element(stack.classes.begin(), stack.classes.end(), rarer) == tile) return true;
    }
    return false;
}

/// Fully cached, in tiles of 60x72, or half of that and so on until no stack is too small for it.
inline Schedule plan(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules)
{
    PlanOptions options;
    for (TileSize tile{60, 72}; tile.x > 1; tile = {tile.x / 2, tile.y / 2}) {
        options.stacks = {{tile, OverlapMode::fully_cached}};
        try {
            return *plan_schedule(accelerator, workload, rules, options);
        } catch (const InputError&) {
            continue;
        }
    }
    throw InputError{"tile", "none fits"};
}

inline FullTile full_tile(const std::string& platforms, const std::string& accelerator, const std::string& network)
{
    const std::string family = accelerator.substr(0, accelerator.find("_df"));
    Accelerator machine = io::read_accelerator(platforms + "/accelerators/" + accelerator + ".yaml");
    Workload workload = io::read_workload(io::DescriptionFolder{platforms}, network, "workload");
    const MappingRules rules = io::read_mapping(platforms + "/mappings/" + family + ".yaml", machine);
    Schedule schedule = plan(machine, workload, rules);
    return {std::move(machine), std::move(workload), std::move(schedule)};
}

}  // namespace plumbline
