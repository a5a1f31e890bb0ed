// SPDX-License-Identifier: Apache-2.0
// `plumbline import`: a network in ONNX as YAML, to look at and to edit.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"

namespace plumbline::cli {

struct ImportArguments {
    std::string file;    ///< path of an ONNX file
    std::string output;  ///< path of the YAML; empty: the table alone
};

void add(CLI::App& app, ImportArguments& arguments);

/// Prints a table of the layers.
ExitCode import(const Context& context, const ImportArguments& arguments);

}  // namespace plumbline::cli
