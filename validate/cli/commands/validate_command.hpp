// SPDX-License-Identifier: Apache-2.0
// `plumbline validate`: predicts, simulates and compares one schedule or many.
#pragma once

#include <CLI/CLI.hpp>

#include "execution/context.hpp"
#include "options/batch_flags.hpp"
#include "options/comparison_flags.hpp"

namespace plumbline::cli {

struct ValidateArguments {
    ComparisonFlags comparison;  ///< of one schedule; of many, what they have in common
    BatchFlags batch;
};

void add(CLI::App& app, ValidateArguments& arguments);

ExitCode validate(const Context& context, const ValidateArguments& arguments);

}  // namespace plumbline::cli
