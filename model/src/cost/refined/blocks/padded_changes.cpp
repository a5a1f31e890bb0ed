// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/padded_changes.hpp"

#include <algorithm>

namespace plumbline::detail::refined {
namespace {

/// A block, by its numbers along positions and offsets.
struct Place {
    std::size_t position = 0;
    std::size_t offset = 0;
};

/// Walks over the loops of an axis outside of a block.
class AxisLoops {
public:
    AxisLoops(const SlidingAxis& axis, const LoopCut& cut, std::size_t position, std::size_t advancing)
    {
        Place stride{1, 1};  // blocks from one iteration of a loop to the next
        for (std::size_t i = position; i < cut.count; ++i) {
            const TemporalLoop& loop = cut.loops[i];
            if (loop.size == 1 || (loop.dim != axis.position && loop.dim != axis.window)) continue;
            const bool offset = loop.dim == axis.window;
            std::size_t& of_dim = offset ? stride.offset : stride.position;
            const auto size = static_cast<std::size_t>(loop.size);
            const Digit digit{size, offset ? Place{0, of_dim} : Place{of_dim, 0}};
            if (i < advancing)
                last_ = moved(last_, digit, size - 1);
            else
                (i == advancing ? advance_ : outside_).push_back(digit);
            of_dim *= size;
        }
    }

    /// Calls visit(before, after) for each advance; how many there are.
    template <class Visit>
    double for_each(Visit visit) const
    {
        double advances = 0;
        const std::size_t times = advance_.empty() ? 1 : advance_.front().size - 1;
        std::vector<std::size_t> at(outside_.size());
        while (true) {
            Place outside;
            for (std::size_t i = 0; i < at.size(); ++i) outside = moved(outside, outside_[i], at[i]);
            for (std::size_t from = 0; from < times; ++from) {
                const Place here = advance_.empty() ? outside : moved(outside, advance_.front(), from);
                const Place next = advance_.empty() ? outside : moved(outside, advance_.front(), from + 1);
                visit(Place{here.position + last_.position, here.offset + last_.offset}, next);
                ++advances;
            }
            std::size_t i = 0;
            while (i < at.size() && ++at[i] == outside_[i].size) at[i++] = 0;
            if (i == at.size()) return advances;
        }
    }

private:
    struct Digit {
        std::size_t size;
        Place stride;
    };
    static Place moved(const Place& from, const Digit& digit, std::size_t times)
    {
        return {from.position + times * digit.stride.position, from.offset + times * digit.stride.offset};
    }

    Place last_;                  ///< of the loops inside the one that advances
    std::vector<Digit> advance_;  ///< that one, where it is of the axis
    std::vector<Digit> outside_;
};

}  // namespace

std::vector<BlockPair> pairs_along(const SlidingAxis& axis, const PaddedBlocks& blocks, const PaddedBlocks& above,
                                   const LoopCut& cut, std::size_t position, std::size_t advancing)
{
    std::vector<BlockPair> pairs;
    const std::size_t positions = blocks.largest.size() / blocks.offset_blocks;
    const auto size_at = [&](const PaddedBlocks& of, const Place& place) {
        return of.largest_of(std::min(place.position, positions - 1), std::min(place.offset, of.offset_blocks - 1));
    };
    const double advances = AxisLoops{axis, cut, position, advancing}.for_each([&](const Place& from, const Place& to) {
        const BlockPair pair{size_at(blocks, from), size_at(blocks, to), size_at(above, to), 1};
        const auto known = std::find_if(pairs.begin(), pairs.end(), [&](const BlockPair& each) {
            return each.before == pair.before && each.after == pair.after && each.after_above == pair.after_above;
        });
        if (known == pairs.end())
            pairs.push_back(pair);
        else
            ++known->share;
    });
    for (BlockPair& pair : pairs) pair.share /= advances;
    return pairs;
}

}  // namespace plumbline::detail::refined
