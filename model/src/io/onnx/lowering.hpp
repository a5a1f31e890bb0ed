// SPDX-License-Identifier: Apache-2.0
// Which layers compute what a graph says?
//
// One function for each kind of operator; lower() calls them node by node.
#pragma once

#include "onnx/graph/normalisations.hpp"
#include "onnx/network.hpp"

namespace plumbline::io {

/// \pre check_supported(), infer_shapes() \throws InputError of the node that cannot be one, or of all such that depend on no other
void lower(Network& network);

/// Conv, QLinearConv, ConvInteger: in one or two dimensions, in groups, depthwise.
void lower_convolution(Network& network, const Node& node);
/// Gemm, MatMul, QLinearMatMul, MatMulInteger.
void lower_product(Network& network, const Node& node);
/// A product of two matrices that are both computed: the second takes the place of weights.
void lower_computed_product(Network& network, const Node& node, std::size_t first, std::size_t second);
/// Whether a map has more than one row or column.
bool has_pixels(const Layout& layout, const OpenRoles& roles);
/// A map with all its rows and columns as channels: a layer copies it, since each product needs all of them. \pre it is neither cut nor padded
Feature in_one_pixel(Network& network, const Node& node, const Feature& map);
/// The same values as a sequence, as a layer copies them: axes that are named are channels, all others but batches are columns. \pre neither
/// cut, padded nor repeated
Feature as_sequence(Network& network, const Node& node, const Feature& map, const std::vector<std::size_t>& channels);
/// As a map: an axis of channels alone is channels, two others are rows and columns, one is columns. Where an axis holds channels among
/// others, or there are more, it is what it was.
Feature as_map(Network& network, const Node& node, const Feature& map);
/// MaxPool, AveragePool, LpPool and the global ones.
void lower_pooling(Network& network, const Node& node);
/// ReduceMean and the like, ArgMax and ArgMin: over channels, rows and columns.
void lower_reduction(Network& network, const Node& node);
/// Add, Mul and the like, of two maps or of a map and constants.
void lower_elementwise(Network& network, const Node& node);
/// Softmax, LogSoftmax and LpNormalization of channels; LayerNormalization, InstanceNormalization and MeanVarianceNormalization of pixels, too.
void lower_normalisation(Network& network, const Node& node);
/// LRN.
void lower_local_response(Network& network, const Node& node);
/// The same of nodes that normalise together. False, and nothing done, where it is not channels that they normalise.
bool lower_found_normalisation(Network& network, const Normalisation& found);
/// What is done to single values on their way.
void lower_fused(Network& network, const Node& node);
/// Flatten, Reshape, Squeeze, Unsqueeze, Transpose, DepthToSpace, SpaceToDepth.
void lower_view(Network& network, const Node& node);
/// ConvTranspose.
void lower_transposed_convolution(Network& network, const Node& node);
/// Pad.
void lower_padding(Network& network, const Node& node);
/// Resize and Upsample.
void lower_resizing(Network& network, const Node& node);
/// Expand and Tile, where no element-wise node reads them.
void lower_expansion(Network& network, const Node& node);
/// Slice, Split and Gather of neighbours.
void lower_slice(Network& network, const Node& node);
/// A part of a map as a map of its own: layers copy it. \pre it is cut and not padded
Feature copied(Network& network, const Feature& cut);
/// The same map with the channels along an axis in their order: a layer copies it. \pre they are shuffled, and it is neither cut nor padded
Feature in_order(Network& network, const Node& node, const Feature& map, std::size_t axis);
/// A layer that copies channels of one map, or of two beside each other. \param axis of the channels, along which alone maps may be cut
Layer copying_layer(Network& network, const Node& node, const std::vector<Feature>& maps, std::size_t axis);
/// Concat: maps in pairs, from those on that have the fewest channels.
void lower_concatenation(Network& network, const Node& node);

}  // namespace plumbline::io
