// SPDX-License-Identifier: Apache-2.0
// Flags that say what a command is about: which network on which accelerator, and what that really is.
//
// Names are those of built-in descriptions, or paths.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

/// A network on an accelerator; where a command takes many, names separated by commas.
struct SubjectFlags {
    std::string accelerator;
    std::string workload;
    std::string profile;  ///< path of a calibration; empty: the accelerator as described
};

/// Each network on each accelerator.
struct SubjectListFlags {
    std::vector<std::string> accelerators;
    std::vector<std::string> workloads;
};

/// \param target of this and the next: a name, or a list of them
template <class Target>
CLI::Option* add_accelerator(CLI::App& app, Target& target, const std::string& help)
{
    return app.add_option("--accelerator", target, help);
}
template <class Target>
CLI::Option* add_workload(CLI::App& app, Target& target, const std::string& help)
{
    return app.add_option("--workload", target, help);
}
void add_profile(CLI::App& app, std::string& profile);

void add_subject(CLI::App& app, SubjectFlags& flags);
/// \param more what the help says beyond that names are expected
void add_subjects(CLI::App& app, SubjectListFlags& flags, const std::string& more = {});

}  // namespace plumbline::cli
