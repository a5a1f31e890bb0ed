// SPDX-License-Identifier: Apache-2.0
// Which part of many points or schedules is this command's: `--shard 2/8`, for job arrays of a scheduler.
#pragma once

#include <cstddef>
#include <string>

namespace plumbline::cli {

/// Every `count`-th of all, so that large tiles and small ones are dealt out evenly.
struct Shard {
    std::size_t number = 1;  ///< from 1
    std::size_t count = 1;   ///< of all shards

    bool is_all() const { return count == 1; }
    bool has(std::size_t point) const { return point % count == number - 1; }
    /// How many of the first `all` points.
    std::size_t points_of(std::size_t all) const { return (all + count - number) / count; }
};

/// What a command did that reports nothing else.
struct FilledStore {
    std::string store;      ///< path
    std::string what;       ///< "point"
    std::size_t all = 0;    ///< of the shard
    std::size_t known = 0;  ///< of these, results that the store had
};

/// "6 points of shard 1/2 in shard1.db: 4 computed, 2 were there", a line.
std::string text_of(const FilledStore& filled, const Shard& shard);

}  // namespace plumbline::cli
