// SPDX-License-Identifier: Apache-2.0
// Splits the iterations of a layer into chunks, and the traffic of its links into what movers do one by one and what is
// steady inside a chunk.
//
// A link whose block changes in every iteration is steady: its transfers are spread over the iterations of the chunk,
// all but the first fill and the last drain, which happen before and after all iterations. The others mark the ends of
// chunks: nothing of theirs begins, or has to be awaited, inside one.
#pragma once

#include "compiler/layer_program.hpp"
#include "compiler/link_traffic.hpp"

namespace plumbline::sim {

/// No chunk is longer than that of as few innermost loops as make so many.
inline constexpr std::int64_t kLongestChunk = 64;

inline bool is_fine(const LinkTraffic& link)
{
    return link.visits().iterations() < kCoarseVisit && link.visits().count() > 1;
}

/// In the order of the links.
std::vector<LinkProgram> link_programs(LayerTraffic& traffic, Fidelity fidelity);

/// Fills in `works` and `chunks`. \pre `program.links` are those of `traffic`, in the same order
void append_chunks(LayerProgram& program, const IterationSpace& space, LayerTraffic& traffic,
                   const TransferTable& transfers, const PortMap& ports);

}  // namespace plumbline::sim
