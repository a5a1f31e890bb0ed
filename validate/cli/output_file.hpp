// SPDX-License-Identifier: Apache-2.0
// Files that are complete or absent: written under another name first, then renamed.
#pragma once

#include <string>

namespace plumbline::cli {

/// Replaces `path` by a file with this content. \throws InputError where it cannot be written
void write_file(const std::string& path, const std::string& content);

/// Removes what write_file() has begun and not finished. Safe to call from a signal handler.
void discard_unfinished_file() noexcept;

}  // namespace plumbline::cli
