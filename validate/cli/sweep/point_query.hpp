// SPDX-License-Identifier: Apache-2.0
// Points of a store that meet a condition, the best first, or the Pareto front of those. Rows are read one by one, however many
// there are.
//
//     PointRows rows{store, {"energy_pj < 1e9 and mode = 'h-cached'", true}};
//     while (rows.next()) use(rows.text(0));
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "plumbline/objective.hpp"
#include "stores/database.hpp"

namespace plumbline::cli {

struct PointQuery {
    std::string where;   ///< of the columns below, as SQL has it; empty: all points
    bool front = false;  ///< of each network on each accelerator, among the points that meet the condition
    Objective sort = Objective::energy;  ///< not weighted
    std::int64_t most = 0;               ///< rows; 0: all
};

/// Of a point, as a report in CSV calls them.
inline constexpr std::array<std::string_view, 19> kPointColumns{
    "accelerator",   "workload",       "mode",      "tile_x",         "tile_y",
    "cut_rule",      "cuts",           "energy_pj", "dram_energy_pj", "activation_energy_pj",
    "mac_energy_pj", "latency_cycles", "compute",   "stall",          "loading",
    "offloading",    "copy",           "macs",      "infeasible"};
/// The place of a column. \pre there is one of that name
std::size_t point_column(std::string_view name);

class PointRows {
public:
    /// \throws InputError where the condition cannot be understood
    PointRows(const Database& store, const PointQuery& query);

    /// Whether there is another row; its values follow. \throws InputError
    bool next() { return rows_.step(); }
    bool has(std::size_t column) const { return !rows_.is_null(static_cast<int>(column)); }
    std::int64_t integer(std::size_t column) const { return rows_.integer(static_cast<int>(column)); }
    double number(std::size_t column) const { return rows_.number(static_cast<int>(column)); }
    std::string text(std::size_t column) const { return rows_.text(static_cast<int>(column)); }

private:
    Statement rows_;
};

}  // namespace plumbline::cli
