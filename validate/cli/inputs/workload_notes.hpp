// SPDX-License-Identifier: Apache-2.0
// Reads a network, and says what of its file is not what is computed.
//
// Built-in networks are told about in platforms/README.md, so only files are warned about: one line for sizes, one for
// what layers read of each other, one for products that hardware may leave out.
#pragma once

#include <string>

#include "execution/context.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

/// A file, or a built-in network. \throws InputError
Workload read_workload(const Context& context, const std::string& name);
/// Of a network that was read of a file.
void say_notes(const Context& context, const std::string& path, const Workload& workload);

}  // namespace plumbline::cli
