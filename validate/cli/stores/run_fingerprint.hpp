// SPDX-License-Identifier: Apache-2.0
// By what does a store know a simulated run again? By all that its result depends on: texts of its inputs, and the sources of
// the build that simulates and compares.
//
//     store.find(run_fingerprint({text_of(accelerator), text_of(network), "transaction"}));
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plumbline::cli {

/// Differs between builds whose sources of model, machine or validation differ. Made when the command is built: 16
/// hexadecimal digits.
std::string_view simulations_version();

/// Of a run with these inputs, by this build.
std::string run_fingerprint(std::vector<std::string> inputs);

}  // namespace plumbline::cli
