// SPDX-License-Identifier: Apache-2.0
// Flags that say whether the machine computes, with what, and where its output goes.
#pragma once

#include <cstdint>
#include <string>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

struct FunctionalFlags {
    bool wanted = false;
    std::uint64_t seed = 1;
    std::string folder;  ///< of tensors; empty: random ones
    std::string output;  ///< empty: do not write it
};

/// \pre the command has the flags of a simulation
void add_functional(CLI::App& app, FunctionalFlags& flags);

}  // namespace plumbline::cli
