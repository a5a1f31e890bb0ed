// SPDX-License-Identifier: Apache-2.0
// Networks that nobody chose: convolutions (of groups, of single channels), pooling and additions, with windows of other
// extent along each axis, strides above windows, dilations, maps that several layers read, and branches that join; usual
// ones are also products of matrices.
//
// Maps are as large as their windows leave them: a network is drawn from its input on. Where branches of unequal maps join,
// the addition is as large as the smaller, which lies in the centre of the larger. Maps may have edges, with padding before
// and behind of unequal size, and windows larger than the map: then a window cuts the larger of two maps that join, or the
// concatenation leaves out what is too much. Windows and concatenations may read maps up-sampled.
// Of rearranged ones they may find rows and columns among channels, too.
//
//     const Workload workload = generated_network(7, Edges::padded, Extent::usual);
#pragma once

#include <cstdint>

#include "plumbline/validate/generated_accelerator.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Whether maps have padding, or are as large as they are read; and whether, with padding, channels may hold rows and columns.
enum class Edges : std::uint8_t { none, padded, rearranged };

/// The same for the same arguments.
Workload generated_network(std::uint64_t seed, Edges edges, Extent extent);

}  // namespace plumbline::validate
#pragma GCC visibility pop
