// SPDX-License-Identifier: Apache-2.0
// What does a description say of a network that is not what is computed?
//
// A schedule makes of each map what later layers read, from the network's outputs back. Where a description says nothing of
// padding, a map that its layer declares larger or smaller is computed in another size. Layers may also read channels, batches
// or precisions that their source does not make. Networks as published do both, so neither is an error; whoever reads a file
// says so.
//
//     for (const std::string& note : size_notes(workload)) std::cerr << note << '\n';
#pragma once

#include <string>
#include <vector>

#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Layers that are computed in another size than they declare ("layer 'a' is computed on 6x6, not 4x4"), columns x rows; and
/// where maps have edges, those that make less than windows fit ("layer 'b' makes 20 of 21 columns that its windows fit"). In
/// topological order.
std::vector<std::string> size_notes(const Workload& workload);

/// Inputs that read another number of channels or batches, or another precision, than their source makes, in topological
/// order.
std::vector<std::string> source_notes(const Workload& workload);

/// Transposed convolutions that find zeros between the elements of their maps, and how many of the products that they make and count
/// hardware needs that leaves zeros out ("layer 'c' makes 4 times the products of hardware that leaves out …"). In topological order.
std::vector<std::string> product_notes(const Workload& workload);

}  // namespace plumbline
#pragma GCC visibility pop
