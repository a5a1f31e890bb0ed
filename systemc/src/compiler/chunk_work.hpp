// SPDX-License-Identifier: Apache-2.0
// What happens in a chunk of iterations besides the transfers that movers do one by one: multiplications, reads and
// writes of the MAC array, and the transfers of fine links.
//
// Most chunks of a layer are alike: they differ at the edges of the tile, and in the first and last round of the
// reduction loops. Only distinct ones are walked through.
#pragma once

#include <map>

#include "compiler/chunk_patterns.hpp"

namespace plumbline::sim {

class ChunkWorks {
public:
    /// No chunk crosses a multiple of `round_length` iterations, which are those of some of the innermost loops.
    ChunkWorks(const IterationSpace& space, LayerTraffic& traffic, const TransferTable& transfers, const PortMap& ports,
               std::int64_t round_length);

    /// Number of the work of `count` iterations from `first` on.
    std::size_t work(std::int64_t first, std::int64_t count);
    std::vector<ChunkWork> take() { return std::move(works_); }

private:
    void add_signs(std::vector<std::int64_t>& signs, std::int64_t round) const;
    std::vector<std::int64_t> signature(std::int64_t first, std::int64_t count) const;
    ChunkWork walk(std::int64_t first, std::int64_t count);
    void count_iterations(ChunkWork& work, const std::vector<std::size_t>& kinds);
    void count_visits(ChunkWork& work, LinkTraffic& link, std::int64_t first, std::int64_t count);

    const IterationSpace* space_;
    LayerTraffic* traffic_;
    const TransferTable* transfers_;
    const PortMap* ports_;
    std::int64_t round_length_;
    std::int64_t ahead_ = 0;  ///< iterations that links look ahead, and lag behind at most
    RepeatedRounds rounds_;
    IterationKinds kinds_;
    ChunkPatterns patterns_;
    std::map<std::vector<std::int64_t>, std::size_t> known_;
    std::vector<ChunkWork> works_;
};

}  // namespace plumbline::sim
