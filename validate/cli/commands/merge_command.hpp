// SPDX-License-Identifier: Apache-2.0
// `plumbline merge`: stores of explored points, or of simulations, into one.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"

namespace plumbline::cli {

struct MergeArguments {
    std::string store;               ///< path of what all are put into
    std::vector<std::string> parts;  ///< paths of what is put there
};

void add(CLI::App& app, MergeArguments& arguments);

/// \throws InputError where a part is no store, or one of other inputs; parts before it are merged then
ExitCode merge(const Context& context, const MergeArguments& arguments);

}  // namespace plumbline::cli
