// SPDX-License-Identifier: Apache-2.0
// Where a report goes.
#pragma once

#include <string>

#include "execution/context.hpp"

namespace plumbline::cli {

/// Writes a report, its newline included, to a file, or where `file` is empty to standard output. \throws InputError
void deliver(const Context& context, const std::string& file, const std::string& report);

}  // namespace plumbline::cli
