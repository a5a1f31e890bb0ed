// SPDX-License-Identifier: Apache-2.0
// `plumbline describe`: an accelerator or a network as text and as a drawing.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "execution/context.hpp"

namespace plumbline::cli {

struct DescribeArguments {
    std::vector<std::string> files;  ///< paths or built-in names
    std::string dot;                 ///< path of a drawing in DOT; empty: none
    std::string svg;                 ///< path of a drawing in SVG; empty: none
    std::string output;              ///< of the text; empty: standard output
};

void add(CLI::App& app, DescribeArguments& arguments);

ExitCode describe(const Context& context, const DescribeArguments& arguments);

}  // namespace plumbline::cli
