// SPDX-License-Identifier: Apache-2.0
// What becomes of a node, by its operator type?
//
// model/docs/onnx.md is this table in words. A type that is not in it is unsupported; so is a type of `Kind::folded` where its
// inputs are not constant. Of constants alone, nodes of any kind are computed before.
#pragma once

#include <string>

namespace plumbline::io {

enum class Kind {
    convolution,    ///< a layer: weights slide over a map
    transposed,     ///< a layer: a convolution of a map with zeros between its elements
    product,        ///< a layer: matrices are multiplied
    pooling,        ///< a layer: windows of each channel
    reduction,      ///< a layer: one value of all channels, rows or columns
    normalisation,  ///< two layers: statistics of many values, and what is done with them
    response,       ///< a layer: each value and its neighbours among the channels
    elementwise,    ///< a layer where two maps meet, else fused
    fused,          ///< free: done to values on their way out of the layer before
    view,           ///< free: the same values with other axes
    padding,        ///< free: becomes part of the windows that read it
    resizing,       ///< free where windows or a concatenation read it, else copied: a map that is repeated
    expansion,      ///< the same of axes of one position; free where layers repeat them by themselves
    slice,          ///< free where windows read it, else copied: a part of a map
    concatenation,  ///< a layer that copies: channels of maps beside each other
    folded,         ///< of constants alone: sizes, axes and weights that are computed from others
    unsupported,
};

Kind kind_of(const std::string& type);

/// Whether an operator's first output always has the shape of its first input.
bool keeps_shape(const std::string& type);

}  // namespace plumbline::io
