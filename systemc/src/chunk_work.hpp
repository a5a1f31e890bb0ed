// SPDX-License-Identifier: Apache-2.0
// What happens in a run of iterations besides the transfers that movers do one by one: multiplications, reads and
// writes of the MAC array, and the transfers of steady links.
//
// Most runs of a layer are alike: they differ at the edges of the tile, and in the first and last round of the
// reduction loops. Only distinct ones are walked through.
#pragma once

#include <map>

#include "chunking.hpp"

namespace plumbline::sim {

class ChunkWorks {
public:
    /// No run crosses a multiple of `beat` iterations, which are those of some of the innermost loops.
    ChunkWorks(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers, const PortMap& ports,
               std::int64_t beat);

    /// Number of the work of `count` iterations from `first` on.
    std::size_t work(std::int64_t first, std::int64_t count);
    std::vector<ChunkWork> take() { return std::move(works_); }

private:
    using Counts = std::map<TransferId, std::int64_t>;
    std::vector<std::int64_t> signature(std::int64_t first, std::int64_t count) const;
    ChunkWork walk(std::int64_t first, std::int64_t count);
    void add_iteration(ChunkWork& work, Counts& counts, std::int64_t iteration);
    std::int64_t add_visits(LinkTraffic& link, Counts& counts, std::int64_t first, std::int64_t count);
    std::int64_t visit_wait(const LinkTraffic& link, TransferId fill, TransferId drain) const;

    const IterationSpace* space_;
    LayerTraffic* traffic_;
    const TransferTable* transfers_;
    const PortMap* ports_;
    std::int64_t beat_;
    LoopSizes steps_in_beat_ = kUnitLoopSizes;
    std::map<std::vector<std::int64_t>, std::size_t> known_;
    std::vector<ChunkWork> works_;
};

}  // namespace plumbline::sim
