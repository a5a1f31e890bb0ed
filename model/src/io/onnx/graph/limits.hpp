// SPDX-License-Identifier: Apache-2.0
// How large may an ONNX file be, and what it describes? Far above what networks need; what is larger is refused with the bound.
#pragma once

#include <cstddef>
#include <cstdint>

namespace plumbline::io {

inline constexpr std::size_t kMostOnnxBytes = std::size_t{1} << 30U;       // of a file, weights included
inline constexpr std::size_t kMostOnnxNodes = std::size_t{1} << 16U;       // of a graph
inline constexpr std::size_t kMostJoinedMaps = std::size_t{1} << 12U;      // by a Concat
inline constexpr std::size_t kMostOnnxAxes = 8;                            // of a tensor
inline constexpr std::int64_t kMostOnnxSize = std::int64_t{1} << 31U;      // along an axis, of a step or a padding
inline constexpr std::int64_t kMostOnnxElements = std::int64_t{1} << 50U;  // of a tensor
inline constexpr std::size_t kMostShapeValues = 64;                        // of a constant that shapes depend on

}  // namespace plumbline::io
