// SPDX-License-Identifier: Apache-2.0
// Whole files as text.
#pragma once

#include <string>

namespace plumbline::io {

/// \throws InputError where the file cannot be read
std::string read_text(const std::string& path);

/// Writes beside the file, then renames, so that nobody meets half a file. A link stays one, a mode is kept; what is no regular
/// file is written into.
/// \throws InputError where the file cannot be written
void write_text(const std::string& path, const std::string& text);

}  // namespace plumbline::io
