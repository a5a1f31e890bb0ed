// SPDX-License-Identifier: Apache-2.0
// Sets the scene of a stretch of iterations, for its rehearsal.
//
// Stretches that differ in nothing but where they lie share one scene, so that what has been rehearsed for one is known
// for the others.
#pragma once

#include "chunk_timing/chunk_pattern.hpp"
#include "compiler/iteration_kinds.hpp"
#include "compiler/layer_program.hpp"

namespace plumbline::sim {

class ChunkPatterns {
public:
    /// All must outlive this.
    ChunkPatterns(LayerTraffic& traffic, const TransferTable& transfers, const IterationKinds& kinds);

    /// Of iterations of these kinds.
    std::shared_ptr<const ChunkPattern> scene(std::int64_t first, const std::vector<std::size_t>& kinds);

private:
    void add_link(ChunkPattern& scene, LinkTraffic& traffic);
    std::int32_t job(TransferId id);
    std::int32_t job_of_kind(std::size_t kind);
    ChunkPattern set(std::int64_t first, const std::vector<std::size_t>& kinds);
    static void join(ChunkPattern& scene, const std::vector<const LinkTraffic*>& links);

    LayerTraffic* traffic_;
    const TransferTable* transfers_;
    const IterationKinds* kinds_;
    std::shared_ptr<Jobs> jobs_ = std::make_shared<Jobs>();
    std::map<TransferId, std::int32_t> of_transfer_;
    std::map<std::size_t, std::int32_t> of_kind_;
    std::map<std::vector<std::int64_t>, std::shared_ptr<const ChunkPattern>> known_;  ///< by what happens in it
};

}  // namespace plumbline::sim
