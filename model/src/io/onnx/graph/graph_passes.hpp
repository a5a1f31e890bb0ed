// SPDX-License-Identifier: Apache-2.0
// Passes over a graph before it is understood: what nobody needs goes, what shall be skipped is, what is unsupported is named.
//
// A pass that rewrites the graph for operators to come stands here.
#pragma once

#include <string>
#include <vector>

#include "onnx/graph/graph.hpp"

namespace plumbline::io {

/// Without nodes that no output of the graph depends on.
void prune(Graph& graph);

/// Nodes of these types pass their first input through, without nodes that nobody needs then. One whose output nobody but the network's user
/// reads hands out all that it reads.
/// \pre find_constants() \throws InputError where a shape would change and somebody computes with it, where layers are needed no more, or a
/// type is none
void skip(Graph& graph, const std::vector<std::string>& types);

/// Whether skip() takes all nodes of a type, none of which multiplies or pools, and leaves no layer without readers: one input is computed,
/// and its shape stays or nobody computes with what the node makes.
bool may_be_skipped(const Graph& graph, const std::string& type);

/// Marks what is made of constants alone, and outputs that nobody may read.
void find_constants(Graph& graph);

/// \throws InputError that lists all nodes of unsupported types, and the way out
void check_supported(const Graph& graph);

}  // namespace plumbline::io
