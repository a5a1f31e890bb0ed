// SPDX-License-Identifier: Apache-2.0
// Where the built-in descriptions lie that were installed with a library or a program.
//
// An installation may be moved as a whole, so nobody remembers where it is: the loader knows which file some code came
// from, and the descriptions lie at a known place relative to that. The environment variable PLUMBLINE_DATA_DIR wins.
//
//     static const char here = 0;
//     const DescriptionFolder built_in{data_folder(&here, {"../share/plumbline"})};
#pragma once

#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::io {

/// The first of `places` that is a folder, relative to that of the file from which `inside` was loaded; empty where there
/// is none. `inside`: an object with static storage.
std::string data_folder(const void* inside, const std::vector<std::string>& places);

}  // namespace plumbline::io
#pragma GCC visibility pop
