// SPDX-License-Identifier: Apache-2.0
// Granules of a block, summed over all blocks and instances: shares of independent dimensions multiply, and each product
// rounds up by itself.
//
// There are few kinds of shares per dimension, so this is a sum over few combinations, however many blocks there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "cost/refined/blocks/dimension_blocks.hpp"
#include "plumbline/loops.hpp"

namespace plumbline::detail::refined {

/// What a port makes of a number of elements.
struct Rounding {
    double bits = 0;     ///< per element
    double granule = 0;  ///< bits; 0 where there is no port

    double granules(double elements) const;
};

/// Filled axis by axis: one loop dimension, or the two of a sliding axis.
class GranuleSum {
public:
    /// `count` instances (of all blocks) hold `elements` each.
    struct Share {
        double elements;
        double count;
    };

    /// `count` instances (of all blocks) hold `elements` each along the axis that is being filled.
    void add(std::int64_t elements, std::int64_t count)
    {
        shares_[filled_++] = {static_cast<double>(elements), static_cast<double>(count)};
    }
    /// Ends an axis. One with a single kind of share is multiplied right away.
    void end_axis();
    /// A whole axis. The shares must outlive this.
    void add_axis(const std::vector<Share>& shares);

    double granules(const Rounding& rounding) const { return granules(rounding, axes_, only_); }

private:
    /// Of one axis: its own, or others'.
    struct Axis {
        const Share* others;
        std::size_t begin;
        std::size_t end;
    };

    double granules(const Rounding& rounding, std::size_t axes, Share product) const;

    static constexpr std::size_t kMostShares = 64;  ///< four a dimension, sixteen an axis of two
    Share only_{1, 1};
    std::array<Share, kMostShares> shares_;  // not initialised: this is made for each mapping of a search
    std::array<Axis, kLoopDims> axis_;
    std::size_t axes_ = 0;
    std::size_t begin_ = 0;  ///< of the axis that is being filled
    std::size_t filled_ = 0;
};

}  // namespace plumbline::detail::refined
