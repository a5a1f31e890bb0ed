// SPDX-License-Identifier: Apache-2.0
// The temporal loops of a mapping as estimators read them: one sequence per operand, cut into memory levels.
//
// A search cuts each order of loops anew, so a cut refers to loops that somebody else owns.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail {

inline constexpr std::size_t kMaxLoops = kMostLoops;

/// Temporal loops of one operand, innermost first; level i runs loops [cut[i], cut[i + 1]).
struct LoopCut {
    const TemporalLoop* loops = nullptr;
    std::size_t count = 0;
    std::array<std::size_t, kMaxArrayLevels> cut{};
};

/// Calls visit(position, share) for each loop from `first` on that ever advances: its share of all advances of these loops.
template <class Visit>
void for_each_advance(const LoopCut& cut, std::size_t first, Visit visit)
{
    double advances = 1;
    for (std::size_t i = first; i < cut.count; ++i) advances *= static_cast<double>(cut.loops[i].size);
    double outside = advances--;
    for (std::size_t i = first; i < cut.count; ++i) {
        const auto size = static_cast<double>(cut.loops[i].size);
        outside /= size;
        if (size > 1) visit(i, (size - 1) * outside / advances);
    }
}

/// Of all operands, output first.
using LoopCuts = std::array<LoopCut, kMaxOperands>;

/// Cuts of a given mapping. Owns the loops that they point to; so it stays where it is.
class MappingCuts {
public:
    explicit MappingCuts(const LayerMapping& mapping);
    MappingCuts(const MappingCuts&) = delete;
    MappingCuts& operator=(const MappingCuts&) = delete;

    const LoopCuts& cuts() const { return cuts_; }

private:
    std::array<std::vector<TemporalLoop>, kMaxOperands> loops_;
    LoopCuts cuts_;
};

}  // namespace plumbline::detail
