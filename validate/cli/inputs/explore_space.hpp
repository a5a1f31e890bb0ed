// SPDX-License-Identifier: Apache-2.0
// From the flags of a design space to its points, of one network on one accelerator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "inputs/planning_inputs.hpp"
#include "options/design_space_flags.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

/// The whole map, a quarter of it, a sixteenth … 1: ascending, rounded up.
std::vector<std::int64_t> ladder(std::int64_t map);

/// Columns, then rows. \param map what "full" means, and where the ladder ends if there are no flags
std::vector<TileSize> tiles_for(const TileSpace& space, TileSize map);

/// Those given; where that is none, all.
std::vector<OverlapMode> modes_of(const std::vector<OverlapMode>& given);

/// The points of one network on one accelerator by number, so that a million of them need not be held.
/// By cuts, then mode, then tile: columns, then rows.
class PointSpace {
public:
    /// \param cuts alternatives: "auto;3,7" \throws InputError for cuts that the workload does not allow
    PointSpace(const DesignSpaceFlags& flags, const std::string& cuts, const PlanningInputs& inputs);

    /// Behind those that there are: a point that those of the grid are compared with.
    void add(DesignPoint point) { more_.push_back(std::move(point)); }

    std::size_t size() const { return grid_ + more_.size(); }
    /// Without what was added.
    std::size_t grid() const { return grid_; }
    /// \pre index < size()
    DesignPoint operator[](std::size_t index) const;

private:
    struct Block {
        Cuts cuts;
        std::vector<TileSize> tiles;
    };

    std::vector<OverlapMode> modes_;
    std::vector<Block> blocks_;
    std::size_t grid_ = 0;
    std::vector<DesignPoint> more_;
};

}  // namespace plumbline::cli
