// SPDX-License-Identifier: Apache-2.0
// An accelerator or a network as a drawing, in the language of Graphviz (DOT).
//
//     std::ofstream{"chip.dot"} << to_dot(accelerator);  // dot -Tsvg chip.dot
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Memories from off-chip memory down to the MAC array; an edge for each two levels next to each other, labelled with the
/// operands that pass.
std::string to_dot(const Accelerator& accelerator);

/// Layers, and the network's inputs; an edge from what makes a map to what reads it, labelled with its size.
std::string to_dot(const Workload& workload);

/// "64 KiB", "16 bit", "1.25 MiB": in the largest unit (bit, KiB, MiB, GiB) of which there is one at least; at most four digits.
std::string size_text(Bits size);

}  // namespace plumbline
#pragma GCC visibility pop
