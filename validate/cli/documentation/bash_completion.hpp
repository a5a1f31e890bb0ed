// SPDX-License-Identifier: Apache-2.0
// What bash needs to complete commands, flags and their values.
#pragma once

#include <string>
#include <vector>

#include "documentation/command_tree.hpp"

namespace plumbline::cli {

/// A script to be sourced. Values that cannot be listed are completed as files.
std::string bash_completion(const std::vector<DocumentedCommand>& commands);

}  // namespace plumbline::cli
