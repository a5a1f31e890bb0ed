// SPDX-License-Identifier: Apache-2.0
#include "commands/manual_command.hpp"

#include "documentation/manual_page.hpp"
#include "execution/deliver.hpp"

namespace plumbline::cli {

void add(CLI::App& app, ManualArguments& arguments)
{
    app.add_option("-o,--output", arguments.output, "Write it to this file (default: standard output)");
}

ExitCode manual(const Context& context, const ManualArguments& arguments)
{
    deliver(context, arguments.output, manual_page(*arguments.tree, PLUMBLINE_VERSION));
    return ExitCode::done;
}

}  // namespace plumbline::cli
