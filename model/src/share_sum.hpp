// SPDX-License-Identifier: Apache-2.0
// Granules of a block, summed over all blocks and instances: shares of independent dimensions multiply, and each product
// rounds up by itself.
//
// There are few kinds of shares per dimension, so this is a sum over few combinations, however many blocks there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "lane_blocks.hpp"
#include "plumbline/loops.hpp"

namespace plumbline::detail {

/// `count` instances (of all blocks) that hold `elements` each.
struct Share {
    double elements = 0;
    double count = 0;
};

/// Kinds of shares along one dimension, or along the two of a sliding axis.
struct Shares {
    std::array<Share, 16> share;
    std::size_t count = 0;

    void add(std::int64_t elements, std::int64_t times)
    {
        share[count++] = {static_cast<double>(elements), static_cast<double>(times)};
    }
    const Share* begin() const { return share.data(); }
    const Share* end() const { return share.data() + count; }
};

/// What a port makes of a number of elements.
struct Rounding {
    double bits = 0;     ///< per element
    double granule = 0;  ///< bits; 0 where there is no port

    double granules(double elements) const;
};

class ShareSum {
public:
    /// Axes with one kind of share are multiplied right away.
    void add(const Shares& axis);
    double granules(const Rounding& rounding) const { return granules(rounding, several_, only_); }

private:
    double granules(const Rounding& rounding, std::size_t axes, Share product) const;

    Share only_{1, 1};
    std::array<Shares, kLoopDims> axes_;
    std::size_t several_ = 0;
};

}  // namespace plumbline::detail
