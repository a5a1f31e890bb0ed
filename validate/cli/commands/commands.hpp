// SPDX-License-Identifier: Apache-2.0
// What the command can be told to do. Errors leave as exceptions; run() turns them into exit codes.
#pragma once

#include "execution/context.hpp"
#include "options/arguments.hpp"

namespace plumbline::cli {

/// Scores recorded mappings and copies, against what they expect where they expect anything.
ExitCode cost(const Context& context, const CostArguments& arguments);
/// Predicts a schedule.
ExitCode evaluate(const Context& context, const EvaluateArguments& arguments);
/// Executes a schedule on the machine.
ExitCode simulate(const Context& context, const SimulateArguments& arguments);
/// Does both and compares.
ExitCode validate(const Context& context, const ValidateArguments& arguments);

}  // namespace plumbline::cli
