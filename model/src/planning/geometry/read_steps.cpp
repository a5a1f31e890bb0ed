// SPDX-License-Identifier: Apache-2.0
#include "planning/geometry/read_steps.hpp"

#include <numeric>

namespace plumbline::detail {
namespace {

/// Columns, or rows.
struct ReadAxis {
    LoopDim position;
    Reach StackEdge::*reach;
    std::int64_t StackNode::*step;
    std::int64_t StackNode::*first;
    std::int64_t StackNode::*size;
};
constexpr ReadAxis kReadColumns{LoopDim::ox, &StackEdge::columns, &StackNode::column_step, &StackNode::first_column,
                                &StackNode::columns};
constexpr ReadAxis kReadRows{LoopDim::oy, &StackEdge::rows, &StackNode::row_step, &StackNode::first_row,
                             &StackNode::rows};

/// A multiple of this lies between any two columns that a layer reads. Of a map that is up-sampled, or whose channels hold columns, all are taken to be
/// read.
std::int64_t step_of(const Layer& layer, const Operand& input, LoopDim position)
{
    for (const SlidingAxis& axis : input.sliding)
        if (axis.position == position && axis.upsampling * axis.depth_to_space == 1)
            return layer.sizes[axis.window] > 1 ? std::gcd(axis.stride, axis.dilation) : axis.stride;
    return 1;
}

/// Every edge by which layers read a map.
template <class Visit>
void for_each_reader(StackGraph& graph, NodeId map, Visit&& visit)
{
    for (NodeId reader : graph.nodes[map].consumers)
        for (StackEdge& edge : graph.nodes[reader].inputs)
            if (edge.source == map) visit(*graph.nodes[reader].layer, edge);
}

void leave_out_unread(StackGraph& graph, NodeId map, const ReadAxis& axis)
{
    std::int64_t step = 0;  // the greatest common divisor of nothing
    std::optional<std::int64_t> first;
    for_each_reader(graph, map, [&](const Layer& layer, const StackEdge& edge) {
        const std::int64_t begin = (edge.*axis.reach).begin;
        first = first.value_or(begin);
        step = std::gcd(step, std::gcd(step_of(layer, layer.inputs[edge.input], axis.position), begin - *first));
    });
    if (step < 2) return;
    StackNode& node = graph.nodes[map];
    const std::int64_t first_read = *first - step * divide_down(*first, step);
    if (graph.bounded && first_read >= node.*axis.size) return;  // all taps lie in padding
    node.*axis.step = step;
    node.*axis.first = first_read;
    if (graph.bounded) node.*axis.size = divide_up(node.*axis.size - first_read, step);
    for_each_reader(graph, map, [&](const Layer&, StackEdge& edge) {
        Reach& reach = edge.*axis.reach;
        reach.stride /= step;
        reach.window = (reach.window - 1) / step + 1;
        reach.begin = divide_down(reach.begin, step);
    });
}

}  // namespace

void leave_out_unread(StackGraph& graph)
{
    for (NodeId map = 0; map < graph.nodes.size(); ++map) {
        if (graph.nodes[map].layer != nullptr) continue;
        leave_out_unread(graph, map, kReadColumns);
        leave_out_unread(graph, map, kReadRows);
    }
}

}  // namespace plumbline::detail
