// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/map_edges.hpp"

namespace plumbline::sim {

std::vector<MapEdges> map_edges(const IterationSpace& space, const OperandView& view)
{
    std::vector<MapEdges> edges;
    for (std::size_t i = 0; i < view.padding.size(); ++i) {
        const SlidingAxis& axis = view.operand->sliding[i];
        const std::int64_t last_window = axis.stride * (space.size(axis.position) - 1);
        const std::int64_t last_tap = axis.dilation * (space.size(axis.window) - 1);
        const AxisPadding& padding = view.padding[i];
        edges.push_back({&axis, padding.before, last_window + last_tap + 1 - padding.behind, padding.phase});
    }
    return edges;
}

}  // namespace plumbline::sim
