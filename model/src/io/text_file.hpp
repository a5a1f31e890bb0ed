// SPDX-License-Identifier: Apache-2.0
// Whole files, as texts or as bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "limits.hpp"

namespace plumbline::io {

/// That some editors put before UTF-8.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// \throws InputError where the file cannot be read or has more than `most` bytes
std::string read_bytes(const std::string& path, std::size_t most = kMostBytes);

/// The same, of UTF-8 without control characters but tabs and ends of lines. \throws InputError with the line of others
std::string read_text(const std::string& path, std::size_t most = kMostBytes);

/// \param first_line on which the text begins in its file
/// \throws InputError with the line of a control character or of bytes that are not UTF-8
void check_text(std::string_view text, const std::string& file, int first_line = 1);

/// Writes beside the file, then renames, so that nobody meets half a file. A link stays one, a mode is kept; what is no regular
/// file is written into.
/// \throws InputError where the file cannot be written
void write_text(const std::string& path, const std::string& text);

}  // namespace plumbline::io
