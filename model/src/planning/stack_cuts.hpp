// SPDX-License-Identifier: Apache-2.0
// The stacks of a schedule: its layers in topological order, split after each cut.
#pragma once

#include <vector>

#include "planning/geometry/tile_sizes.hpp"
#include "plumbline/plan.hpp"

namespace plumbline::detail {

std::vector<LayerId> layer_ids(const Workload& workload);

/// \pre `cuts` are layers of the workload in topological order
std::vector<std::vector<LayerId>> split_after(const std::vector<LayerId>& layers, const std::vector<LayerId>& cuts);

/// What tiles of a stack make together.
struct StackMap {
    TileSize size;
    Extent begin;  ///< in the output's map; of no account where maps have no edges
};
/// The output of each stack as later layers need it: sizes propagate from the network's output back.
std::vector<StackMap> stack_maps(const Workload& workload, const MappingRules& rules,
                                 const std::vector<std::vector<LayerId>>& stacks);

}  // namespace plumbline::detail
