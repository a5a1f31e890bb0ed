// SPDX-License-Identifier: Apache-2.0
// How much can loops outside of a block save at most, since they leave features of it where they are?
//
// Loops of one sliding axis alone: others come in between only where they leave the block in place, and then it comes in fewer
// rounds. A loop that is no prime saves as much as its factors do side by side.
#pragma once

#include <algorithm>
#include <map>
#include <utility>

#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

/// The least prime factor of a number above 1.
inline std::int64_t least_factor(std::int64_t number)
{
    std::int64_t factor = 2;
    while (number % factor != 0) factor = factor * factor > number ? number : factor + 1;
    return factor;
}

/// Along one axis, of any order of the loops that are left on it.
template <class Saved>
class MostStaying {
public:
    MostStaying(const SlidingAxis& axis, const LoopSizes& all, const Saved& saved)
        : axis_{axis},
          all_{all},
          saved_{saved}
    {}

    double from(const LoopSizes& steps)
    {
        const auto key = std::pair{steps[axis_.position], steps[axis_.window]};
        const auto known = known_.find(key);
        if (known != known_.end()) return known->second;
        double most = 0;
        for (LoopDim dim : {axis_.position, axis_.window})
            for (std::int64_t left = all_[dim] / steps[dim]; left > 1;) {
                const std::int64_t factor = least_factor(left);
                while (left % factor == 0) left /= factor;
                LoopSizes next = steps;
                next[dim] *= factor;
                most = std::max(most, saved_(steps, TemporalLoop{dim, factor}) + from(next));
            }
        known_[key] = most;
        return most;
    }

private:
    const SlidingAxis& axis_;
    const LoopSizes& all_;
    const Saved& saved_;
    std::map<std::pair<std::int64_t, std::int64_t>, double> known_;
};

/// \param block iterations of the block \param all of the layer
/// \param saved called with the steps below a loop and with the loop: what it saves
template <class Saved>
double most_staying(const Operand& operand, const LoopSizes& block, const LoopSizes& all, const Saved& saved)
{
    double most = 0;
    for (const SlidingAxis& axis : operand.sliding) {
        const bool both = block[axis.position] < all[axis.position] && block[axis.window] < all[axis.window];
        if (both) most = std::max(most, MostStaying<Saved>{axis, all, saved}.from(block));
    }
    return most;
}

}  // namespace plumbline::detail
