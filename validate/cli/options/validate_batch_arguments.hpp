// SPDX-License-Identifier: Apache-2.0
// The command line of `plumbline validate` as values: of one schedule (arguments.hpp), or of many at once.
//
// Many are the points of a design space, with the flags of `explore`, or listed in a file.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/arguments.hpp"
#include "options/explore_arguments.hpp"
#include "plumbline/validate/calibrate.hpp"

namespace plumbline::cli {

struct ValidateSetArguments {
    ValidateArguments one;  ///< also what all of a set have in common; accelerators and networks separated by commas
    TileArguments tiles;
    std::vector<OverlapMode> modes;  ///< empty: all
    std::string schedules;           ///< a list of files instead
    std::string tolerances;          ///< path; empty: those of `one`, for its estimator
    std::string junit;               ///< path; empty: none, as the next
    std::string store;
    bool calibrate = false;
    validate::HoldOut hold_out;  ///< of calibration: a share and a seed
    int processes = 0;           ///< simulations at once; 0: one per core

    bool many() const { return !tiles.list.empty() || !tiles.columns.empty() || !schedules.empty(); }
    /// The design spaces. \pre many()
    ExploreArguments space() const;
};

void add(CLI::App& app, ValidateSetArguments& arguments);

}  // namespace plumbline::cli
