// SPDX-License-Identifier: Apache-2.0
// `plumbline validate` over one schedule or many.
#pragma once

#include "execution/context.hpp"
#include "options/validate_batch_arguments.hpp"

namespace plumbline::cli {

/// Plans, predicts with both estimators, simulates in worker processes, compares; leaves a single schedule to validate().
ExitCode validate_set(const Context& context, const ValidateSetArguments& arguments);

}  // namespace plumbline::cli
