// SPDX-License-Identifier: Apache-2.0
// Which machine does this build simulate, and how does it compare? Stores of simulated runs ask, so that runs of another
// build are not taken for its own.
#pragma once

#include <string_view>

namespace plumbline::cli {

/// Differs between builds whose sources of model, machine or validation differ. Made when the command is built: 16
/// hexadecimal digits.
std::string_view simulations_version();

}  // namespace plumbline::cli
