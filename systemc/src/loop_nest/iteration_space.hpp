// SPDX-License-Identifier: Apache-2.0
// Which multiplications a mapped layer does, and when.
//
// All operands run the same temporal loops, one iteration a cycle; lanes of MACs work side by side in each iteration.
// Along one dimension with temporal loops t1 (innermost), t2, … and L lanes, lane l of iteration (i1, i2, …) has the
// index `l + L * (i1 + t1 * (i2 + …))`. An index past the end of the tile is idle: 46 rows on 4 lanes make 11 full
// iterations and one that is half empty.
//
//     IterationSpace space{mapping};
//     for (std::int64_t i = 0; i < space.iterations(); ++i) macs += space.macs(space.at(i));
#pragma once

#include <vector>

#include "plumbline/mapping.hpp"

namespace plumbline::sim {

class IterationSpace {
public:
    /// \pre all operands have the same loops
    explicit IterationSpace(const LayerMapping& mapping);

    /// Temporal loops of all levels, innermost first.
    const std::vector<TemporalLoop>& loops() const { return loops_; }
    /// Iterations of all temporal loops together: cycles, when nothing stalls.
    std::int64_t iterations() const { return below_.back(); }
    /// Iterations of the loops before `position`.
    std::int64_t iterations_below(std::size_t position) const { return below_[position]; }
    /// The same, of the loops along `dim` alone.
    std::int64_t iterations_below(std::size_t position, LoopDim dim) const { return below_per_dim_[position][dim]; }

    std::int64_t size(LoopDim dim) const { return sizes_[dim]; }
    std::int64_t lanes(LoopDim dim) const { return lanes_[dim]; }
    /// Steps of the temporal loops along `dim` that give at least one lane something to do.
    std::int64_t busy_steps(LoopDim dim) const { return divide_up(sizes_[dim], lanes_[dim]); }
    /// Lanes along `dim` that are not idle when its temporal loops stand at `step`.
    std::int64_t active_lanes(LoopDim dim, std::int64_t step) const;

    /// Where the temporal loops of each dimension stand in an iteration.
    LoopSizes at(std::int64_t iteration) const;
    /// Multiplications when the loops stand at `steps`.
    std::int64_t macs(const LoopSizes& steps) const;

private:
    std::vector<TemporalLoop> loops_;
    std::vector<std::int64_t> below_;
    std::vector<LoopSizes> below_per_dim_;
    LoopSizes sizes_;
    LoopSizes lanes_ = kUnitLoopSizes;
};

/// Hardware lanes of a loop unrolled in space, which may be fractional.
std::int64_t lanes_of(const SpatialLoop& loop);

}  // namespace plumbline::sim
