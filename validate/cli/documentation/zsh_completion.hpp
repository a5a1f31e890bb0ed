// SPDX-License-Identifier: Apache-2.0
// What zsh needs to complete commands, flags and their values, with what they mean beside them.
#pragma once

#include <string>
#include <vector>

#include "documentation/command_tree.hpp"

namespace plumbline::cli {

/// A function file for a folder of `fpath`. Values that cannot be listed are completed as files.
std::string zsh_completion(const std::vector<DocumentedCommand>& commands);

}  // namespace plumbline::cli
