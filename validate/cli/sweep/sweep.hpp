// SPDX-License-Identifier: Apache-2.0
// Points of design spaces, computed one by one: what a store knows already is not computed again.
//
// A sweep deals out points, and is told what came of them; who computes them in between is of no account. Nothing is held but
// what is under way, unless who began the sweep keeps it.
//
//     Sweep sweep{pairs, shard, store, [&](SweepPoint point, const ExploredPoint& result) { … }};
//     PointWorker{pairs, planning, 0}.work([&] { return sweep.next(); },
//                                          [&](SweepPoint point, const ExploredPoint& result) { sweep.add(point, result); });
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "execution/context.hpp"
#include "inputs/explore_space.hpp"
#include "inputs/planning_inputs.hpp"
#include "inputs/planning_mappings.hpp"
#include "options/planning_flags.hpp"
#include "sweep/explore_store.hpp"
#include "tasks/shard.hpp"

namespace plumbline::cli {

/// One network on one accelerator.
struct SweepPair {
    ExploreStore::SpaceNames names;  ///< as a store calls it
    PlanningInputs inputs;
    PointSpace space;
};

/// By its number in the space of a pair.
struct SweepPoint {
    std::size_t pair = 0;
    std::size_t point = 0;
};

/// Told of a point, one at a time.
using PointResult = std::function<void(SweepPoint point, const ExploredPoint& result)>;

class Sweep {
public:
    struct Counts {
        std::size_t all = 0;       ///< points of the shard
        std::size_t known = 0;     ///< by the store
        std::size_t computed = 0;  ///< so far
    };

    /// \param pairs outlive it
    /// \param store null: there is none
    /// \param result null: a store alone is filled
    Sweep(const std::vector<SweepPair>& pairs, Shard shard, ExploreStore* store, PointResult result);

    /// What is to be computed next; nothing once all is dealt out. \throws InputError where the store cannot be read
    std::optional<SweepPoint> next();
    /// What came of a point. \throws InputError where the store cannot be written
    void add(SweepPoint point, const ExploredPoint& result);

    const Counts& counts() const { return counts_; }

private:
    bool is_known(SweepPoint point);

    const std::vector<SweepPair>& pairs_;
    Shard shard_;
    ExploreStore* store_;
    PointResult result_;
    std::vector<ExploreStore::Space> spaces_;  ///< of the pairs, in the store
    SweepPoint next_;                          ///< where to look next
    std::size_t before_ = 0;                   ///< points of all pairs before that one
    Counts counts_;
};

/// Computes points on many cores. Mapping problems that were solved are kept from one to the next, as far as memory stays
/// bounded.
class PointWorker {
public:
    /// \param pairs outlive it \param threads 0: one per core
    PointWorker(const std::vector<SweepPair>& pairs, const PlanningFlags& planning, int threads);

    /// Until there is no next point. Both are called by any thread, but one at a time.
    /// \param result told of each point, in the order in which they are finished
    void work(const std::function<std::optional<SweepPoint>()>& next, const PointResult& result);

    /// Mapping problems that were new, and those that were not.
    std::int64_t searched() const { return searched_ + (mappings_ ? mappings_->cache().searched() : 0); }
    std::int64_t reused() const { return reused_ + (mappings_ ? mappings_->cache().reused() : 0); }

private:
    /// A point, and the mappings of its pair.
    struct Task {
        SweepPoint point;
        std::shared_ptr<PlanningMappings> mappings;
    };
    struct Done {
        SweepPoint point;
        ExploredPoint result;
    };

    Task task_of(SweepPoint point);
    Done done(const Task& task) const;

    const std::vector<SweepPair>& pairs_;
    PlanningFlags planning_;
    ExploreOptions options_;
    int threads_;
    std::size_t pair_ = 0;  ///< whose mappings are kept
    std::shared_ptr<PlanningMappings> mappings_;
    std::int64_t searched_ = 0;  ///< of those before
    std::int64_t reused_ = 0;
};

}  // namespace plumbline::cli
