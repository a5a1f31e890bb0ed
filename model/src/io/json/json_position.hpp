// SPDX-License-Identifier: Apache-2.0
// On which line of a JSON text a field stands. The parser keeps no positions, so an error looks it up again.
#pragma once

#include <cstddef>
#include <string_view>

namespace plumbline::io {

/// Line (from 1) of the byte at `offset`.
int line_at(std::string_view text, std::size_t offset);
/// Line of the value at `path`, or of the last value on the way that is there. \pre `text` is valid JSON
int line_of(std::string_view text, std::string_view path);

}  // namespace plumbline::io
