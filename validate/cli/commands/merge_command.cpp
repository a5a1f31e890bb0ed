// SPDX-License-Identifier: Apache-2.0
#include "commands/merge_command.hpp"

#include <filesystem>

#include "plumbline/error.hpp"
#include "sweep/explore_store.hpp"
#include "sweep/line_store.hpp"

namespace plumbline::cli {
namespace {

ExploreInputs inputs_of_file(const std::string& path)
{
    return is_line_store(path) ? inputs_of_line_store(path) : inputs_of(read_store(path));
}

}  // namespace

void add(CLI::App& app, MergeArguments& arguments)
{
    app.add_option("store", arguments.store, "What all are put into: a store, or a file that is not there yet")
        ->required()
        ->type_name("STORE");
    app.add_option("parts", arguments.parts, "Stores of `explore`, those of --shard for example")
        ->required()
        ->type_name("PART");
}

ExitCode merge(const Context& context, const MergeArguments& arguments)
{
    for (const std::string& part : arguments.parts) {
        std::error_code error;
        if (std::filesystem::equivalent(arguments.store, part, error))
            throw InputError{SourceLocation{part, 0, {}}, "is what the others are put into, expected other stores"};
    }
    ExploreStore store{arguments.store, inputs_of_file(arguments.parts.front())};
    for (const std::string& part : arguments.parts) {
        if (is_line_store(part))
            add_line_store(store, part);
        else
            store.add_all(read_store(part));
        context.log->info("{} is merged", part);
    }
    return ExitCode::done;
}

}  // namespace plumbline::cli
