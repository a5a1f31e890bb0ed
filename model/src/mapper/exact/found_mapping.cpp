// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/found_mapping.hpp"

namespace plumbline::detail {

/// A memory that takes no loop is cut where the level below is, whatever the state at which its energy was counted.
FoundMapping::FoundMapping(const MappingSpace& space, const std::vector<Decision>& decisions, std::uint8_t overflowing)
{
    PartialMapping choice;
    choice.overflowing = overflowing;
    std::array<std::size_t, kMaxOperands> links{};
    for (const Decision& decision : decisions) {
        if (!decision.cuts) {
            loops_.push_back(decision.loop);
            continue;
        }
        const std::size_t operand = decision.operand;
        const std::size_t above = space.above(operand, links[operand]++);
        if (above == 0) continue;
        LoopCut& cut = cuts_[operand];
        cut.cut[above] = space.takes_none(choice, operand, above - 1) ? cut.cut[above - 1] : loops_.size();
    }
    for (std::size_t operand = 0; operand < space.operands(); ++operand) {
        LoopCut& cut = cuts_[operand];
        cut.cut[space.model().layer().operand[operand].levels] = loops_.size();
        cut.loops = loops_.data();
        cut.count = loops_.size();
    }
}

}  // namespace plumbline::detail
