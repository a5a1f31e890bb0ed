// SPDX-License-Identifier: Apache-2.0
// Flags about what others predicted or observed: files, and how they are to be understood.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/validate/import.hpp"

namespace plumbline::cli {

/// Either side of a comparison from files.
struct ImportFlags {
    std::vector<std::string> predictions;   ///< instead of the model
    std::vector<std::string> observations;  ///< instead of the machine
    validate::ImportOptions options;
};

/// \param cycle what the help of --cycle-ns says beyond what it is
/// \return both flags
std::vector<CLI::Option*> add_import_options(CLI::App& app, validate::ImportOptions& options,
                                             const std::string& cycle = {});

/// \pre the command has the flags of a simulation
void add_import(CLI::App& app, ImportFlags& flags);

}  // namespace plumbline::cli
