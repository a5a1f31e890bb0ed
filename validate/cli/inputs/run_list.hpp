// SPDX-License-Identifier: Apache-2.0
// A list of schedules in files: CSV with a schedule (JSON) a row, and of what it is, paths relative to the list.
//
//     schedule,observations,workload,accelerator
//     small_tiles.json,small_tiles.csv;small_tiles_ports.csv,fsrcnn,meta_prototype_df
//
// `workload` and `accelerator` may be left out where there is only one; `observations` where what is observed is simulated.
#pragma once

#include <string>
#include <vector>

namespace plumbline::cli {

/// What a list may refer to, by place; each network by any of its names.
struct RunListNames {
    std::vector<std::string> accelerators;
    std::vector<std::vector<std::string>> networks;
};

struct ListedRun {
    std::string name;      ///< unique: of the schedule's file, with its folder where there are several of that name
    std::string schedule;  ///< path
    std::size_t accelerator = 0;
    std::size_t network = 0;
    std::vector<std::string> observations;  ///< files
};

enum class Observed { always, maybe };

/// \throws InputError
std::vector<ListedRun> read_run_list(const std::string& path, const RunListNames& names, Observed observed);

}  // namespace plumbline::cli
