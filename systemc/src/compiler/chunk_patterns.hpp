// SPDX-License-Identifier: Apache-2.0
// Which pattern does a chunk of iterations follow?
//
// Chunks that differ in nothing but where they lie share one pattern, so that its timing is simulated once for all of them.
#pragma once

#include "chunk_timing/chunk_pattern.hpp"
#include "compiler/iteration_kinds.hpp"
#include "compiler/layer_program.hpp"

namespace plumbline::sim {

class ChunkPatterns {
public:
    /// All must outlive this.
    ChunkPatterns(LayerTraffic& traffic, const TransferTable& transfers, const IterationKinds& kinds);

    /// Of iterations of these kinds, from `first` on.
    std::shared_ptr<const ChunkPattern> pattern(std::int64_t first, const std::vector<std::size_t>& kinds);

private:
    ChunkPattern make_pattern(std::int64_t first, const std::vector<std::size_t>& kinds);
    void add_link(ChunkPattern& pattern, LinkTraffic& traffic);
    static void connect(ChunkPattern& pattern, const std::vector<const LinkTraffic*>& links);
    std::int32_t demand(TransferId id);
    std::int32_t demand_of_kind(std::size_t kind);

    LayerTraffic* traffic_;
    const TransferTable* transfers_;
    const IterationKinds* kinds_;
    std::shared_ptr<PortDemands> demands_ = std::make_shared<PortDemands>();
    std::map<TransferId, std::int32_t> of_transfer_;
    std::map<std::size_t, std::int32_t> of_kind_;
    std::map<std::vector<std::int64_t>, std::shared_ptr<const ChunkPattern>> known_;  ///< by what happens in it
};

}  // namespace plumbline::sim
