// SPDX-License-Identifier: Apache-2.0
// Flags that say what parameters are fitted to: runs of a simulated machine, or a list of files.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "options/task_flags.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/validate/import.hpp"

namespace plumbline::cli {

struct ObservedFlags {
    std::string truth;  ///< profile of the machine that is observed; empty: as described
    std::string runs;   ///< a list of schedules and observations instead
    validate::ImportOptions import;
    sim::Fidelity fidelity = sim::Fidelity::transaction;
    TaskFlags tasks;
};

/// \pre the command has the flags of a design space
void add_observed(CLI::App& app, ObservedFlags& flags);

}  // namespace plumbline::cli
