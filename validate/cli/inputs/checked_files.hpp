// SPDX-License-Identifier: Apache-2.0
// Which files are checked, where some are named by what they describe?
#pragma once

#include <string>
#include <vector>

namespace plumbline::cli {

/// The file that a path or the name of a built-in description means: an accelerator, else a network, else mapping rules.
/// \throws InputError naming what is neither
std::string file_named(const std::string& name);

struct CheckedFiles {
    std::vector<std::string> paths;
    bool lack_rules = false;  ///< there are accelerators and networks, but nothing says how they meet
};

/// The files that are named. Where networks are checked with a built-in accelerator and no rules are given, those of its family
/// are added. \throws InputError as file_named()
CheckedFiles files_to_check(const std::vector<std::string>& names);

}  // namespace plumbline::cli
