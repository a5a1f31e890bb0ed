// SPDX-License-Identifier: Apache-2.0
#include "exploration/equal_stacks.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace plumbline::detail {
namespace {

bool equal(const Reach& a, const Reach& b)
{
    const auto fields = [](const Reach& reach) {
        return std::tie(reach.stride, reach.window, reach.coarser, reach.begin, reach.upsampling, reach.cut_before,
                        reach.cut_behind);
    };
    return fields(a) == fields(b);
}

bool equal(const StackEdge& a, const StackEdge& b)
{
    return a.input == b.input && a.source == b.source && equal(a.columns, b.columns) && equal(a.rows, b.rows);
}

bool equal_maps(const Operand& a, const Operand& b)
{
    return std::equal(a.sliding.begin(), a.sliding.end(), b.sliding.begin(), b.sliding.end());
}

/// Mapped alike, and on the same maps.
bool same_layer(const StackNode& a, const StackNode& b)
{
    if (a.mapped_as != b.mapped_as) return false;
    if (a.layer == b.layer) return true;
    return a.layer->sizes == b.layer->sizes && equal_maps(a.layer->output, b.layer->output) &&
           std::equal(a.layer->inputs.begin(), a.layer->inputs.end(), b.layer->inputs.begin(), equal_maps);
}

bool equal(const StackNode& a, const StackNode& b)
{
    const auto numbers = [](const StackNode& node) {
        return std::tie(node.consumers, node.channels, node.precision, node.column_step, node.row_step,
                        node.first_column, node.first_row, node.columns, node.rows);
    };
    const bool maps = a.layer == nullptr && b.layer == nullptr && a.producer.has_value() == b.producer.has_value();
    const bool layers = a.layer != nullptr && b.layer != nullptr && same_layer(a, b);
    return (maps || layers) && numbers(a) == numbers(b) &&
           std::equal(a.inputs.begin(), a.inputs.end(), b.inputs.begin(), b.inputs.end(),
                      [](const StackEdge& one, const StackEdge& other) { return equal(one, other); });
}

bool equal(const OpenStack& a, const OpenStack& b)
{
    const auto place = [](const OpenStack& stack) {
        return std::make_tuple(stack.map.size.x, stack.map.size.y, stack.map.begin.x, stack.map.begin.y,
                               stack.graph.output, stack.graph.bounded);
    };
    return place(a) == place(b) &&
           std::equal(a.graph.nodes.begin(), a.graph.nodes.end(), b.graph.nodes.begin(), b.graph.nodes.end(),
                      [](const StackNode& one, const StackNode& other) { return equal(one, other); });
}

}  // namespace

StackKinds stack_kinds(const std::vector<OpenStack>& stacks)
{
    StackKinds kinds;
    // By size and last layer: few are alike in that and in nothing else.
    std::map<std::pair<std::size_t, const Layer*>, std::vector<std::size_t>> known;
    for (std::size_t stack = 0; stack < stacks.size(); ++stack) {
        const StackGraph& graph = stacks[stack].graph;
        auto& alike = known[{graph.nodes.size(), graph.nodes[graph.output].mapped_as}];
        const auto found = std::find_if(alike.begin(), alike.end(), [&](std::size_t kind) {
            return equal(stacks[kinds.first[kind]], stacks[stack]);
        });
        if (found == alike.end()) {
            kinds.kind_of.push_back(kinds.first.size());
            alike.push_back(kinds.first.size());
            kinds.first.push_back(stack);
        } else {
            kinds.kind_of.push_back(*found);
        }
    }
    return kinds;
}

}  // namespace plumbline::detail
