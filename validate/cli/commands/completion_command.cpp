// SPDX-License-Identifier: Apache-2.0
#include "commands/completion_command.hpp"

#include "documentation/bash_completion.hpp"
#include "documentation/zsh_completion.hpp"
#include "execution/deliver.hpp"
#include "inputs/descriptions.hpp"

namespace plumbline::cli {
namespace {

/// Built-in descriptions that a flag or a positional argument takes by name.
std::vector<std::string> names_for(const std::string& flag)
{
    if (flag == "--accelerator") return built_in_names(Description::accelerator);
    if (flag == "--workload") return built_in_names(Description::workload);
    if (flag == "--mapping") return built_in_names(Description::mapping);
    if (flag != "FILE") return {};
    std::vector<std::string> names = built_in_names(Description::accelerator);
    for (const std::string& network : built_in_names(Description::workload)) names.push_back(network);
    return names;
}

}  // namespace

void add(CLI::App& app, CompletionArguments& arguments)
{
    app.add_option("shell", arguments.shell, "Whose language it is written in")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh"}));
    app.add_option("-o,--output", arguments.output, "Write it to this file (default: standard output)");
}

ExitCode completion(const Context& context, const CompletionArguments& arguments)
{
    const auto commands = documented_commands(*arguments.tree, names_for);
    deliver(context, arguments.output, arguments.shell == "zsh" ? zsh_completion(commands) : bash_completion(commands));
    return ExitCode::done;
}

}  // namespace plumbline::cli
