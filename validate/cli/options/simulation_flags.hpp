// SPDX-License-Identifier: Apache-2.0
// Flags of the machine: how faithfully it runs a schedule, what becomes of one that does not fit, and what is recorded.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/overcommit.hpp"

namespace plumbline::cli {

struct SimulationFlags {
    bool fold_classes = false;
    sim::Fidelity fidelity = sim::Fidelity::transaction;
    std::vector<std::string> traces;  ///< files, each in the format that its name ends with
    sim::Overcommit overcommit = sim::Overcommit::refuse;
};

void add_fidelity(CLI::App& app, sim::Fidelity& fidelity);
void add_simulation(CLI::App& app, SimulationFlags& flags);

}  // namespace plumbline::cli
