// SPDX-License-Identifier: Apache-2.0
// Where the tensors of a network lie in off-chip memory.
//
// One area per tensor that is ever there, one after the other, each at a multiple of 64 bytes: first the network's input
// maps (one per layer input without a source), then per layer, in topological order, its weights and its output map,
// that only if the schedule brings it there. Elements are dense; an area is as large as its widest elements need:
// partial sums, where the schedule keeps those off-chip, finished outputs otherwise. Where the layout begins is for its
// user to choose.
//
//     const OffChipLayout layout = off_chip_layout(accelerator, workload, schedule);
//     layout.areas[*layout.find(OffChipArea::Kind::weights, layer)].address;  // bytes from the beginning
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/off_chip_area.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Of a schedule.
struct OffChipLayout {
    /// Bytes; each area begins at a multiple.
    static constexpr std::uint64_t kAlignment = 64;

    std::vector<OffChipArea> areas;  ///< by AreaId, in the order of their addresses

    /// Bytes from the beginning to the end of the last area, aligned.
    std::uint64_t size() const;
    /// That of one operand; none where it is never off-chip.
    std::optional<AreaId> find(OffChipArea::Kind kind, LayerId layer, const std::string& operand) const;
    /// The first of this kind that the layer has, if any.
    std::optional<AreaId> find(OffChipArea::Kind kind, LayerId layer) const;
};

/// Areas of what the schedule has off-chip at some time. \pre `check(schedule, accelerator, workload)` passes
OffChipLayout off_chip_layout(const plumbline::Accelerator& accelerator, const Workload& workload,
                              const Schedule& schedule);

/// Where what `layer` reads or writes as `operand` lies: its source's output map for inputs with a source.
/// \pre the schedule has it off-chip
AreaId area_of(const OffChipLayout& layout, const Layer& layer, const Operand& operand);

/// Where the region of a copy lies: its producer's output map; without a producer, one of the network's input maps.
/// \pre the schedule has it off-chip
AreaId area_of(const OffChipLayout& layout, const Workload& workload, const FeatureRegion& region);

}  // namespace plumbline::sim
#pragma GCC visibility pop
