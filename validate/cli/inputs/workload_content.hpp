// SPDX-License-Identifier: Apache-2.0
// What of a network do results depend on, so that stored ones are known again?
//
// The text of its file; of ONNX files, which mean what flags make of them and hold weights that cost nothing, the layers.
#pragma once

#include <string>

#include "execution/context.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

/// Of a network by its name or path. \throws InputError
std::string content_of(const Context& context, const std::string& name);
/// The same of one that has been read.
std::string content_of(const std::string& name, const Workload& workload);

}  // namespace plumbline::cli
