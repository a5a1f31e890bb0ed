// SPDX-License-Identifier: Apache-2.0
// What a search of the space of mappings found: a sequence of decisions, and the order of loops and cuts that it stands for.
#pragma once

#include <vector>

#include "cost/layer/loop_cuts.hpp"
#include "mapper/exact/mapping_space.hpp"

namespace plumbline::detail {

/// The next link of an operand is cut, or a loop is added.
struct Decision {
    bool cuts = false;
    std::uint8_t operand = 0;  ///< of a cut
    TemporalLoop loop;         ///< that is added
};

/// Order and cuts. Owns the loops that cuts point to; so it stays where it is.
class FoundMapping {
public:
    /// \param overflowing of the mapping that is complete
    FoundMapping(const MappingSpace& space, const std::vector<Decision>& decisions, std::uint8_t overflowing);
    FoundMapping(const FoundMapping&) = delete;
    FoundMapping& operator=(const FoundMapping&) = delete;

    const std::vector<TemporalLoop>& loops() const { return loops_; }
    const LoopCuts& cuts() const { return cuts_; }

private:
    std::vector<TemporalLoop> loops_;
    LoopCuts cuts_{};
};

/// Whether they make a mapping that fits. \param mapping without loops
bool fits(const MappingSpace& space, PartialMapping mapping, const std::vector<Decision>& decisions);

/// What makes an order of loops and its cuts, loops split as the space has them. It need not fit.
/// \param cuts of that order
std::vector<Decision> decisions_of(const MappingSpace& space, const std::vector<TemporalLoop>& order,
                                   const LoopCuts& cuts);

}  // namespace plumbline::detail
