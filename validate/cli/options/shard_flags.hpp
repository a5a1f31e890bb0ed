// SPDX-License-Identifier: Apache-2.0
// Which part of a sweep is this command's: `--shard 2/8`, for job arrays of a scheduler.
#pragma once

#include <cstddef>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

/// Every `count`-th of all points, so that large tiles and small ones are dealt out evenly.
struct Shard {
    std::size_t number = 1;  ///< from 1
    std::size_t count = 1;   ///< of all shards

    bool is_all() const { return count == 1; }
    bool has(std::size_t point) const { return point % count == number - 1; }
    /// How many of the first `all` points.
    std::size_t points_of(std::size_t all) const { return (all + count - number) / count; }
};

CLI::Option* add_shard(CLI::App& app, Shard& shard);

}  // namespace plumbline::cli
