// SPDX-License-Identifier: Apache-2.0
// How much of a loop dimension each instance of a memory holds when its iterations are cut into blocks.
//
// `lanes` indices run side by side in a step of the temporal loops, `inside` of them in one instance: lane l of step i has
// index l + lanes * i, and what is past the tile is idle. So blocks come in two kinds, full ones and at most one at the
// edge, and of the one at the edge some instances hold a step more than others. Counting them takes a few divisions.
//
//     shares_along({46, 4, 4}, 6)  // 46 rows on 4 lanes, blocks of 6 steps: one of 24 rows, one of 22
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plumbline::detail::refined {

/// One loop dimension as the instances of one memory level see it.
struct DimLanes {
    std::int64_t size = 1;    ///< of the tile
    std::int64_t lanes = 1;   ///< in all
    std::int64_t inside = 1;  ///< that one instance serves

    std::int64_t instances() const { return lanes / inside; }
    /// Steps in which all lanes work.
    std::int64_t full_steps() const { return size / lanes; }
};

/// Indices of one block in one instance: all its lanes in `steps`, and `extra` lanes (less than all) in one more.
struct DimShare {
    std::int64_t steps;
    std::int64_t extra;
    std::int64_t count;  ///< such shares, over all blocks and instances
};

struct DimShares {
    std::array<DimShare, 4> share;
    std::size_t count = 0;

    void add(std::int64_t steps, std::int64_t extra, std::int64_t times)
    {
        if (times > 0 && (steps > 0 || extra > 0)) share[count++] = {steps, extra, times};
    }
    const DimShare* begin() const { return share.data(); }
    const DimShare* end() const { return share.data() + count; }
};

/// Shares of all blocks of `steps` steps that are not empty.
DimShares shares_along(const DimLanes& dim, std::int64_t steps);

/// How often something happens that is repeated each time a dimension has advanced by a number of steps.
struct Rounds {
    double all = 1;
    double first = 1;
    double last = 1;

    Rounds& operator*=(const Rounds& other)
    {
        all *= other.all;
        first *= other.first;
        last *= other.last;
        return *this;
    }
};

/// Rounds of `steps` steps, idle ones not counted.
Rounds rounds_along(const DimLanes& dim, std::int64_t steps);
/// The same, times the instances with a busy lane in the first step of the round.
Rounds instance_rounds_along(const DimLanes& dim, std::int64_t steps);

}  // namespace plumbline::detail::refined
