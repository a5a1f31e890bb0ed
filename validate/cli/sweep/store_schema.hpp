// SPDX-License-Identifier: Apache-2.0
// Tables and views of a store of explored points.
//
// Energies stand in columns to the last bit; all else that was predicted stays JSON, from which the view `points` takes it.
#pragma once

#include <cstdint>

namespace plumbline::cli {

/// "Plum": what tells our files from those of others that use SQLite.
inline constexpr std::int64_t kStoreApplication = 0x506c756d;
/// 1 and 2 were lines of JSON.
inline constexpr std::int64_t kStoreVersion = 3;

inline constexpr const char* kStoreSchema = R"sql(
CREATE TABLE input (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE space (id INTEGER PRIMARY KEY, key TEXT NOT NULL, accelerator TEXT NOT NULL, workload TEXT NOT NULL);
CREATE TABLE point (
    space INTEGER NOT NULL,
    mode TEXT NOT NULL,
    tile_x INTEGER NOT NULL,
    tile_y INTEGER NOT NULL,
    cut_rule TEXT NOT NULL,
    energy_pj REAL,
    dram_energy_pj REAL,
    activation_energy_pj REAL,
    mac_energy_pj REAL,
    latency_cycles INTEGER,
    result TEXT NOT NULL,
    UNIQUE (space, cut_rule, mode, tile_x, tile_y));
CREATE VIEW points AS SELECT
    space.accelerator AS accelerator, space.workload AS workload, mode, tile_x, tile_y, cut_rule,
    replace(trim(result ->> '$.cuts', '[]'), ',', ' ') AS cuts, energy_pj, dram_energy_pj, activation_energy_pj, mac_energy_pj, latency_cycles,
    result ->> '$.latency.compute' AS compute, result ->> '$.latency.stall' AS stall,
    result ->> '$.latency.loading' AS loading, result ->> '$.latency.offloading' AS offloading,
    result ->> '$.latency.copy' AS copy, result ->> '$.macs' AS macs, result ->> '$.infeasible' AS infeasible,
    point.rowid AS number
    FROM point JOIN space ON space.id = point.space;
)sql";

}  // namespace plumbline::cli
