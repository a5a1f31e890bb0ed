// SPDX-License-Identifier: Apache-2.0
// Words of an input at one end of the link between two memory levels: each block once per visit, less what is there already.
//
//     InputTraffic{facts, blocks, true}.words(level, Direction::read_down, outside);
#pragma once

#include "cost/layer/loop_cuts.hpp"
#include "cost/refined/blocks/operand_blocks.hpp"

namespace plumbline::detail::refined {

/// Loops outside a link and the iterations below them.
struct Outside {
    const TemporalLoop* begin = nullptr;
    const TemporalLoop* end = nullptr;
    LoopSizes steps = kUnitLoopSizes;  ///< below `begin`
};

/// Granules that an input does not move since the features are there already. A block stays only where nothing but
/// loops of one sliding axis advance.
double staying_granules(const OperandFacts& facts, const Blocks& blocks, const Outside& outside,
                        const Rounding& rounding);

/// Of these, those that one loop outside does not move. \param axis that it runs along \param steps below the loop
double staying_granules(const Blocks& blocks, const SlidingAxis& axis, const TemporalLoop& loop, const LoopSizes& steps,
                        const Rounding& rounding);
/// Along which the operand slides with a dimension; null where it does not.
const SlidingAxis* axis_of(const Operand& operand, LoopDim dim);

/// Of the advances of the loop at `position`, the part after which a block is the one that was there, so that none moves. The
/// blocks are those of a level, below the loop at `first`, which is the first outside of them that the operand depends on.
double staying_share(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopCut& cut,
                     std::size_t first, std::size_t position);

/// `windows_stay`: what is there already does not move.
class InputTraffic {
public:
    InputTraffic(const OperandFacts& facts, const Blocks& blocks, bool windows_stay)
        : facts_{facts},
          blocks_{blocks},
          sum_{blocks.sum()},
          times_{blocks.instance_rounds().all},
          windows_stay_{windows_stay}
    {}

    double words(const LevelFacts& level, Direction direction, const Outside& outside) const
    {
        const Rounding rounding = rounding_at(level, direction, facts_.precision);
        if (rounding.granule == 0) return 0;
        const double staying = windows_stay_ ? staying_granules(facts_, blocks_, outside, rounding) : 0;
        return words_at(level, direction, times_ * sum_.granules(rounding) - staying);
    }

private:
    const OperandFacts& facts_;
    const Blocks& blocks_;
    GranuleSum sum_;
    double times_;
    bool windows_stay_;
};

}  // namespace plumbline::detail::refined
