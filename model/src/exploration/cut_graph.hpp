// SPDX-License-Identifier: Apache-2.0
// Into which stacks can a network be cut?
//
// A node stands for what is done: a set of layers that has all sources of its layers. An edge does one more stack. A stack
// is what the planner accepts: layers of which exactly one is read by others, or by nobody. All its layers lead to that one,
// so that a stack is all that is not done of what its output is made of. Paths from nothing to everything are the ways to
// cut the network, branches in any order.
//
//     const CutGraph cuts{workload};
//     boost::num_vertices(cuts.graph())
#pragma once

#include <cstddef>
#include <vector>

#include <boost/graph/adjacency_list.hpp>

#include "plumbline/workload.hpp"

namespace plumbline::detail {

/// Which stack an edge does.
struct CutEdge {
    std::size_t stack = 0;
};

class CutGraph {
public:
    using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, CutEdge>;
    using Node = boost::graph_traits<Graph>::vertex_descriptor;
    using Edge = boost::graph_traits<Graph>::edge_descriptor;

    /// \throws InputError where branches can be ordered in more than `most` ways
    explicit CutGraph(const Workload& workload, std::size_t most = 20000);

    /// Edges lead from lower nodes to higher ones.
    const Graph& graph() const { return graph_; }
    Node begin() const { return 0; }
    Node end() const { return boost::num_vertices(graph_) - 1; }
    /// Layers of each, in topological order; each stack once, however many edges do it.
    const std::vector<std::vector<LayerId>>& stacks() const { return stacks_; }

private:
    Graph graph_;
    std::vector<std::vector<LayerId>> stacks_;
};

}  // namespace plumbline::detail
