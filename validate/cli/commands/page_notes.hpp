// SPDX-License-Identifier: Apache-2.0
// What HTML pages say of how the command was run, and on which files.
//
//     validate::PageNotes notes = notes_of({{"fidelity", "cycle"}});
//     note_file(notes, "accelerator", find_description(Description::accelerator, name));
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/page.hpp"

namespace plumbline::cli {

/// By this version of the command. \param options how it was run
validate::PageNotes notes_of(std::vector<std::pair<std::string, std::string>> options);

/// Adds a file that results depend on. \throws InputError where it cannot be read any more
void note_file(validate::PageNotes& notes, const std::string& what, const std::filesystem::path& path);

}  // namespace plumbline::cli
