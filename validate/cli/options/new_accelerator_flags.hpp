// SPDX-License-Identifier: Apache-2.0
// Flags that answer what a new accelerator is asked, and the same answers as texts that a person types.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/io/new_accelerator.hpp"

namespace plumbline::cli {

void add_new_accelerator(CLI::App& app, io::NewAccelerator& answers);

/// "16x16" (over K, C, OX and OY in this order) or "K=16,OX=8". \throws CLI::ValidationError naming `flag`
std::vector<io::NewArrayDimension> parse_array(const std::string& flag, const std::string& text);
/// "maps:64KiB:IO" or "maps:64KiB:IO:512": name, size, what it holds, bits per cycle. \throws CLI::ValidationError likewise
io::NewMemory parse_memory(const std::string& flag, const std::string& text);

/// As they are parsed again.
std::string text_of(const std::vector<io::NewArrayDimension>& array);
std::string text_of(const std::vector<io::NewMemory>& memories);

}  // namespace plumbline::cli
