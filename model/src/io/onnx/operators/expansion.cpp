// SPDX-License-Identifier: Apache-2.0
// Expand and Tile of maps: rows and columns of one position that are repeated.
#include "onnx/lowering.hpp"

namespace plumbline::io {
namespace {

/// Whether rows or columns are repeated, of which there is one. Where there are more they would come as a pattern, not each beside itself.
void check_axis(Network& network, const Node& node, const Feature& map, std::size_t axis)
{
    const std::string place = "repeats axis " + std::to_string(axis);
    if (!map.layout[axis].empty())
        refuse(network.graph(), node, place + ", which has several positions, expected axes of one");
    const Role role = role_of(map.layout, axis, network.roles());
    if (role != Role::row && role != Role::column)
        refuse(network.graph(), node,
               place + " for other nodes than element-wise ones, expected rows or columns of one position");
}

}  // namespace

void lower_expansion(Network& network, const Node& node)
{
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
        if (network.is_computed(node, i))
            refuse(network.graph(), node, "has a computed input " + std::to_string(i) + ", expected a constant");
    const Shape& made = network.output_shape(node);
    if (made == network.shape(node, 0)) return network.set_output(node, network.changed_feature(node, 0));
    const Feature& read = network.changed_feature(node, 0);
    const bool in_place = !read.padded() && !read.cut() && !read.is_stepped() && read.trimmed.empty();
    Feature map = in_place ? read : network.feature(node, 0);
    const std::size_t missing = made.size() - map.layout.size();
    map.layout.insert(map.layout.begin(), missing, Axis{});
    if (!map.repeated.empty()) map.repeated.insert(map.repeated.begin(), missing, 1);
    map.repeated.resize(map.layout.size(), 1);
    if (!map.padding.empty()) map.padding.insert(map.padding.begin(), missing, Padding{0, 0});
    for (std::size_t axis = 0; axis < made.size(); ++axis) {
        const std::int64_t times = made[axis] / map.size(axis);
        if (times == 1) continue;
        check_axis(network, node, map, axis);
        map.repeated[axis] *= times;
    }
    map.changed_by = &node;
    network.set_output(node, std::move(map));
}

}  // namespace plumbline::io
