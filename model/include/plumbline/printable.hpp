// SPDX-License-Identifier: Apache-2.0
// Names come from files of others, and a terminal obeys what it is sent. This is how a text is shown.
//
// Messages of errors and cells of tables pass through here, so that no name moves a cursor, hides a line, or turns the
// direction of writing. What stands in files (JSON, CSV) is written by the rules of their formats.
//
//     printable("conv\x1b[2J")  // conv\x1b[2J, as eight characters more
#pragma once

#include <string>
#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline {

/// The text in one line: control characters, marks that turn the direction of writing and bytes that are not UTF-8 are
/// written out (`\n`, `\x1b`, `\u202e`).
std::string printable(std::string_view text);

}  // namespace plumbline
#pragma GCC visibility pop
