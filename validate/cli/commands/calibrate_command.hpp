// SPDX-License-Identifier: Apache-2.0
// `plumbline calibrate`: fits a profile to observed runs, and says how far off it is on others.
#pragma once

#include "execution/context.hpp"
#include "options/calibrate_arguments.hpp"

namespace plumbline::cli {

ExitCode calibrate(const Context& context, const CalibrateArguments& arguments);

}  // namespace plumbline::cli
