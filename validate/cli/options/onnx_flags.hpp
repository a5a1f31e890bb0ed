// SPDX-License-Identifier: Apache-2.0
// Flags that say how an ONNX file is read, of every command that takes a network.
#pragma once

#include <CLI/CLI.hpp>

#include "plumbline/io/onnx.hpp"

namespace plumbline::cli {

void add_onnx(CLI::App& app, io::OnnxOptions& options);

}  // namespace plumbline::cli
