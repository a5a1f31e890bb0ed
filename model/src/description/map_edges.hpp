// SPDX-License-Identifier: Apache-2.0
// Where do the feature maps of a network end, and what of a window lies beyond?
//
// Where a description says how large maps are, or that they have padding, every map has its size and windows begin at the
// padding: such a network is bounded. Others are computed as DeFiNES does it: maps are as large as they are read.
#pragma once

#include <cstddef>
#include <vector>

#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline {

/// Whether some axis says how large its map is, has padding, or up-samples.
bool any_edges(const std::vector<Layer>& layers);

/// Notes on all axes of rows and columns how large their maps are: as large as the source makes them; of an input of the
/// network, where nobody says, as large as it is read without its padding, in whole elements.
/// \param order positions in `layers`, sources first
/// \throws InputError where a description says otherwise, or where windows reach beyond the padding. Padding less
/// than 0 leaves rows, columns or channels out. Along channels, maps of several layers may lie beside each other.
void find_edges(std::vector<Layer>& layers, const std::vector<std::size_t>& order);

/// From the first to the last position that windows of an axis reach, padding included.
std::int64_t window_span(const SlidingAxis& axis, std::int64_t positions, std::int64_t window);

/// Elements that so many positions in a row meet at most, wherever within an element they begin.
std::int64_t most_elements_under(const SlidingAxis& axis, std::int64_t positions);

/// Elements of the map that a layer makes or that lies in memory, each of as many positions as its channels hold. \pre `size` is known
std::int64_t stored_along(const SlidingAxis& axis);

/// What of all that a layer's windows reach along an axis lies beyond the edges.
AxisPadding padding_of(const SlidingAxis& axis);

/// Distinct elements that windows of an axis reach between the edges.
std::int64_t span_between(const SlidingAxis& axis, std::int64_t positions, std::int64_t window, AxisPadding padding);

/// The same of each sliding axis of an operand; empty where `padding` is.
std::vector<std::int64_t> spans_between(const Operand& operand, const LoopSizes& sizes,
                                        const std::vector<AxisPadding>& padding);

/// As `elements` of workload.hpp, of which those beyond edges are not there.
std::int64_t elements_between(const Operand& operand, const LoopSizes& sizes, const std::vector<AxisPadding>& padding);

}  // namespace plumbline
