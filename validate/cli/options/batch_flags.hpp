// SPDX-License-Identifier: Apache-2.0
// Flags that make many schedules of one: the points of a design space, those that a file lists, or those that are generated; how
// they are judged.
#pragma once

#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>

#include "options/design_space_flags.hpp"
#include "options/task_flags.hpp"
#include "plumbline/validate/calibrate.hpp"

namespace plumbline::cli {

struct BatchFlags {
    DesignSpaceFlags space;
    std::string schedules;   ///< a list of files instead
    std::string tolerances;  ///< path; empty: those of a single schedule, for its estimator
    std::string junit;       ///< path; empty: none
    TaskFlags tasks;
    bool calibrate = false;
    validate::HoldOut hold_out;  ///< of calibration: a share and a seed, which is that of generated schedules, too
    std::int64_t generated = 0;  ///< schedules that are generated instead; 0: none
    std::int64_t first = 0;      ///< number of the first of them

    /// Whether there are many schedules.
    bool wanted() const { return !space.tiles.list.empty() || !space.tiles.columns.empty() || !schedules.empty(); }
};

/// Also says in the help of flags that the command has already what they mean for many, and which exclude each other.
/// \pre the command has the flags of a comparison
void add_batch(CLI::App& app, BatchFlags& flags);

}  // namespace plumbline::cli
