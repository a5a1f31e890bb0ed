// SPDX-License-Identifier: Apache-2.0
// How long does a block of an operand keep a port busy?
//
// The instances of a memory move their shares side by side, so a block takes as long as the instance with most to move.
// Along a dimension blocks come in two sizes, full ones and at most one at the edge (dimension_blocks.hpp); the sizes of a
// block are the products of those. Where windows reach beyond edges of a map, there are a few sizes more.
//
//     BlockPortTime{facts, lanes, level, steps}.mean_slots(facts.port_at(level, direction), facts.precision)
#pragma once

#include <array>

#include "cost/layer/port_timing.hpp"
#include "cost/refined/blocks/granule_sum.hpp"
#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

class BlockPortTime {
public:
    static constexpr std::size_t kMostSizes = 1 << kLoopDims;

    /// Of blocks of `steps` steps, as the largest instance of `level` holds them.
    BlockPortTime(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps);
    /// Of a part of the tile. \param sizes of that part
    BlockPortTime(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps,
                  const LoopSizes& sizes);

    bool alike() const { return count_ == 1; }
    double most_elements() const { return most_; }
    /// Slots of so many elements, as above.
    static double slots_of(const TimedPort& port, std::int64_t bits, double elements)
    {
        return slots(port, bits, {elements, 1});
    }
    /// Part of the blocks of which there is nothing, since all that their windows reach lies beyond edges.
    double empty_share() const;
    // Slots of a port, which are cycles, for elements of so many bits each. 0 where there is no port.
    double first_slots(const TimedPort& port, std::int64_t bits) const { return slots(port, bits, sizes_[0]); }
    /// Of the block that comes first, which is not full where it begins in padding.
    double begin_slots(const TimedPort& port, std::int64_t bits) const { return slots_of(port, bits, begin_); }
    double last_slots(const TimedPort& port, std::int64_t bits) const { return slots(port, bits, sizes_[count_ - 1]); }
    double mean_slots(const TimedPort& port, std::int64_t bits) const
    {
        return port_time(port, 1.0, [&](std::int64_t piece) {
            return mean_pieces({static_cast<double>(bits), static_cast<double>(piece)});
        });
    }

    /// Calls `visit(slots, share)` for each size of a block, with its part of all blocks.
    template <class Visit>
    void for_each_size(const TimedPort& port, std::int64_t bits, Visit visit) const
    {
        for (std::size_t i = 0; i < count_; ++i) visit(slots(port, bits, sizes_[i]), sizes_[i].share);
    }

private:
    struct Size {
        double elements;
        double share;  ///< of all blocks
    };
    static double slots(const TimedPort& port, std::int64_t bits, const Size& size)
    {
        return port_time(port, 1.0, [&](std::int64_t piece) {
            const Rounding rounding{static_cast<double>(bits), static_cast<double>(piece)};
            return rounding.granule == 0 ? 0 : rounding.granules(size.elements);
        });
    }
    template <class LanesAlong>
    void add_dimensions(const OperandFacts& facts, const OperandLanes& lanes, std::size_t level, const LoopSizes& steps,
                        const LanesAlong& lanes_along);
    double mean_pieces(const Rounding& rounding) const;
    void multiply(const Size* sizes, std::size_t count);

    std::array<Size, kMostSizes> sizes_;  // full first, that at all edges last; not initialised: made for each mapping
    std::size_t count_ = 1;
    double most_ = 1;
    double begin_ = 1;  ///< elements of the first block
};

}  // namespace plumbline::detail::refined
