// SPDX-License-Identifier: Apache-2.0
// Which ways through a cut graph are best, if each stack can be had at several costs?
//
// Labels are set node by node: energy and latency of a way to get there. One that another equals or beats in both is
// dropped, since whatever follows adds the same to both. Where one number is minimised that adds up along the way, the
// least alone stays.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "exploration/bounds/stack_cost.hpp"
#include "exploration/cut_graph.hpp"

namespace plumbline::detail {

/// What a stack can be had for, and which of its choices that is.
struct StackOffer {
    StackCost cost;
    std::size_t choice = 0;
};
/// Indexed by stack. None: the stack cannot be had.
using StackOffers = std::vector<std::vector<StackOffer>>;

/// Those that no other equals or beats in both, the first of equal ones, by energy.
std::vector<StackOffer> undominated(std::vector<StackOffer> offers);

/// A stack on the way, and the choice that was made for it.
struct CutStep {
    std::size_t stack = 0;
    std::size_t choice = 0;
};
struct CutPath {
    StackCost cost;
    std::vector<CutStep> steps;
};

/// What makes one label better than another.
enum class Keep : std::uint8_t {
    least_energy,   ///< of equal ones the least latency
    least_latency,  ///< of equal ones the least energy
    undominated,    ///< all that might still become best
};

/// Whether costs are of no interest at a node any more, all that leads there included.
using Hopeless = std::function<bool(CutGraph::Node, StackCost)>;

/// Ways from nothing to everything, by energy; none where there is none. Depends on the order of edges and offers alone.
std::vector<CutPath> best_paths(const CutGraph& cuts, const StackOffers& offers, Keep keep,
                                const Hopeless& hopeless = {});

/// Per node, the least of one number to get there from nothing, and from there to everything; infinite where nothing does.
struct CutDistances {
    std::vector<double> from_begin;
    std::vector<double> to_end;
};
/// \param lengths of each stack, none negative; infinite: it cannot be had
CutDistances cut_distances(const CutGraph& cuts, const std::vector<double>& lengths);

}  // namespace plumbline::detail
