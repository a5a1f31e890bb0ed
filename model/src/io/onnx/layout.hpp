// SPDX-License-Identifier: Apache-2.0
// What do the axes of a tensor mean to the layers: batch, channels, rows, columns?
//
// ONNX numbers axes, layers name loop dimensions. Each axis of a map is a list of factors, the outermost first, each a part of one
// role; flattening joins factors, reshaping splits them, transposing moves them, and none of it moves a value. A layer asks
// whether an axis is all of a role, such as all channels in order.
//
//     [1, 512, 7, 7] flattened from axis 1: [batch 1] [channel 512, row 7, column 7]
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

enum class Role { batch, channel, row, column, open };

/// Of a role, `size` positions that are `step` apart.
struct Factor {
    Role role = Role::batch;
    std::int64_t size = 1;
    std::int64_t step = 1;
    std::size_t open = 0;  ///< of an open role: which axis of the network's inputs it is
};
bool operator==(const Factor& a, const Factor& b);

using Axis = std::vector<Factor>;  ///< no factor of size 1
using Layout = std::vector<Axis>;

/// Axes of inputs of the network have no role before the first layer reads them.
class OpenRoles {
public:
    /// A factor for a new axis.
    Factor add(std::int64_t size);
    Role role_of(const Factor& factor) const;
    /// Gives an axis that has no role yet this one.
    void bind(const Axis& axis, Role role);
    /// Tensors of three axes are sequences of tokens (batch, columns, channels), not one-dimensional maps (batch, channels, columns).
    void expect_sequences() { sequences_ = true; }
    bool expects_sequences() const { return sequences_; }

private:
    std::vector<std::optional<Role>> roles_;
    bool sequences_ = false;
};

/// Axes that have no role yet take those that a tensor of so many axes usually has.
void bind_usual(OpenRoles& roles, const Layout& layout);
/// Two axes that lie on each other mean the same; one that has no role yet takes that of the other. Whether they do.
bool agree(OpenRoles& roles, const Axis& a, const Axis& b);

/// Positions along an axis.
std::int64_t size_of(const Axis& axis);
/// Positions of a role in all axes together.
std::int64_t size_of(const Layout& layout, Role role, const OpenRoles& roles);
/// Whether an axis holds all positions of a role, in order, and nothing else. An axis of size 1 is all of what has one position.
bool is_whole(const Layout& layout, std::size_t axis, Role role, const OpenRoles& roles);

/// Whether an axis holds all channels and nothing else, but in another order, as a channel shuffle leaves them.
bool is_shuffled(const Layout& layout, std::size_t axis, const OpenRoles& roles);

/// What an axis is all of; open where it is a part of a role. An axis of one position holds nothing that says so: it is what an axis
/// at its place usually is, or, where another one is that, the one of rows and columns which the other is not.
Role role_of(const Layout& layout, std::size_t axis, const OpenRoles& roles);

/// Rows and columns of a map of batch, channels and these: of each, how many positions a pixel holds as channels, which follow all of the
/// role in their axis (depth to space). Nothing where an axis holds anything else, or where no channel lies among rows and columns. The
/// order of those channels is that of whoever makes them. \param along what axes behind the channels are
std::optional<std::vector<std::int64_t>> depth_of(const Layout& layout, const std::vector<Role>& along,
                                                  const OpenRoles& roles);

/// Whether an axis is known to be something, but not all of a role: a part of rows, or rows and columns together.
bool is_mixed(const Layout& layout, std::size_t axis, const OpenRoles& roles);
/// What each axis holds alone; open where it holds several roles, or one that nobody has said; of one position: a batch.
Role held_role(const Axis& axis, const OpenRoles& roles);
/// Axes of the same sizes that are these roles, in their order, the last innermost. Batches stay what they are.
Layout with_roles(const Layout& layout, const std::vector<Role>& axes);

/// An axis that is all of a role.
Axis whole_axis(Role role, std::int64_t size);

/// The same values in a tensor of another shape; nothing where an axis would have to hold parts that do not fit together.
std::optional<Layout> reshaped(const Layout& layout, const Shape& shape);

}  // namespace plumbline::io
