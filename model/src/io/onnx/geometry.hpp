// SPDX-License-Identifier: Apache-2.0
// Which windows does a node of convolution or pooling slide along an axis, and how far does it pad?
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "onnx/network.hpp"

namespace plumbline::io {

/// Along one axis of a map.
struct Window {
    Role role = Role::column;  ///< row or column
    std::int64_t map = 1;      ///< size of the map that is read
    std::int64_t kernel = 1;
    std::int64_t stride = 1;
    std::int64_t dilation = 1;
    std::int64_t before = 0;  ///< zeros before the map; below 0: positions that are not read
    std::int64_t output = 1;  ///< windows
    std::int64_t cut = 0;     ///< positions at the end of the map that are cut off
    std::int64_t times = 1;   ///< that each element of the map is repeated: windows and amounts count positions
    std::int64_t depth = 1;   ///< positions of the map that lie in a pixel as channels; `map` counts positions
    std::int64_t offset = 0;  ///< of those, in the first pixel before the map

    std::int64_t positions() const { return times * map; }
};

/// Those of a node whose first input has batch, channels and one or two axes of a map. `kernel` has a size for each of these.
/// \throws InputError where the axes of the feature mean something else, or where the library infers another output
std::vector<Window> windows_of(Network& network, const Node& node, const Feature& feature, const Shape& kernel);

/// Whether windows read only what is left of a map that was cut. Where a node pads what is left, a window that reached beyond
/// would find features where there are zeros.
bool keep_to_part(const std::vector<Window>& windows, const Feature& feature);

/// One window that is the whole map along each such axis.
std::vector<Window> whole_windows(Network& network, const Node& node, const Feature& feature);

/// "IX", "IY" with the dimensions of the loops. Padding behind the map goes as far as windows reach.
SlidingAxis sliding_axis(const Window& window);
/// What an operand reads along rows (or columns), all of which lie in one pixel of its map as channels.
void find_in_depth(Operand& operand, Role role, std::int64_t size);
/// OX or OY, and FX or FY.
LoopDim position_dim(Role role);
LoopDim window_dim(Role role);

/// Gives a feature of batch, channels and a map its roles; rows and columns may lie among channels. \throws InputError where it has others
void require_map(Network& network, const Node& node, const Feature& feature);

/// Whether rows or columns of a feature of batch, channels and a map lie among its channels.
bool is_in_depth(const OpenRoles& roles, const Feature& feature);
/// Whether axes of a feature of batch, channels and one or two others are known, and some hold a part of rows, columns or channels, or
/// several of them, but for channels in another order.
bool holds_parts(const OpenRoles& roles, const Feature& feature);
/// Axes of a feature as windows find them: none of them holds channels among others.
Layout out_of_depth(const OpenRoles& roles, const Feature& feature);
/// Windows of one pixel on what is left of such a map. \pre is_in_depth(), neither padded nor repeated
std::vector<Window> pixel_windows(const OpenRoles& roles, const Feature& feature);

}  // namespace plumbline::io
