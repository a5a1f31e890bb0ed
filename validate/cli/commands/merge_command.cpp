// SPDX-License-Identifier: Apache-2.0
#include "commands/merge_command.hpp"

#include <filesystem>

#include "execution/fingerprint.hpp"
#include "plumbline/error.hpp"
#include "sweep/explore_store.hpp"
#include "sweep/line_store.hpp"
#include "tasks/result_store.hpp"

namespace plumbline::cli {
namespace {

ExploreInputs inputs_of_file(const std::string& path)
{
    return is_line_store(path) ? inputs_of_line_store(path) : inputs_of(read_store(path));
}

void merge_points(const Context& context, const MergeArguments& arguments)
{
    ExploreStore store{arguments.store, inputs_of_file(arguments.parts.front())};
    for (const std::string& part : arguments.parts) {
        if (is_line_store(part))
            add_line_store(store, part);
        else
            store.add_all(read_store(part));
        context.log->info("{} is merged", part);
    }
}

/// Simulations that `validate` or `calibrate` keeps.
bool is_of_simulations(const std::string& schema)
{
    return schema == "plumbline/validate-store/1" || schema == "plumbline/calibrate-store/1";
}

/// What a part adds to a store. \throws InputError where both have a result of one key, and not the same
std::vector<const StoredResult*> missing_in(const ResultStore& store, const ResultLines& part)
{
    std::vector<const StoredResult*> missing;
    for (const StoredResult& result : part.results()) {
        if (part.find(result.key) != &result) continue;  // a later line is read instead
        const StoredResult* there = store.find(result.key);
        if (there == nullptr)
            missing.push_back(&result);
        else if (there->json != result.json)
            throw InputError{result.where, "has another result, expected the same from the same inputs"};
    }
    return missing;
}

void merge_simulations(const Context& context, const MergeArguments& arguments, const std::string& schema)
{
    for (const std::string& path : arguments.parts) {
        const ResultLines part{path, text_of(path), schema};
        ResultStore store{arguments.store, schema};
        for (const StoredResult* result : missing_in(store, part)) store.add(result->key, result->json);
        context.log->info("{} is merged", path);
    }
}

}  // namespace

void add(CLI::App& app, MergeArguments& arguments)
{
    app.add_option("store", arguments.store, "What all are put into: a store, or a file that is not there yet")
        ->required()
        ->type_name("STORE");
    app.add_option("parts", arguments.parts,
                   "Stores of `explore`, `validate` or `calibrate`, those of --shard for example")
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
    const std::string schema = result_schema_of(arguments.parts.front());
    if (is_of_simulations(schema))
        merge_simulations(context, arguments, schema);
    else
        merge_points(context, arguments);
    return ExitCode::done;
}

}  // namespace plumbline::cli
