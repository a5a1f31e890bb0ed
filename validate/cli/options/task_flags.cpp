// SPDX-License-Identifier: Apache-2.0
#include "options/task_flags.hpp"

#include <charconv>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

Shard parse_shard(const std::string& text)
{
    Shard shard;
    const char* const last = text.data() + text.size();
    const auto number = std::from_chars(text.data(), last, shard.number);
    const bool slash = number.ec == std::errc{} && number.ptr != last && *number.ptr == '/';
    const auto count = slash ? std::from_chars(number.ptr + 1, last, shard.count) : number;
    if (!slash || count.ec != std::errc{} || count.ptr != last || shard.number < 1 || shard.number > shard.count)
        throw CLI::ValidationError("--shard",
                                   "'" + text + "' is no shard, expected its number of how many, such as 2/8");
    return shard;
}

}  // namespace

void add_store(CLI::App& app, std::string& store, const std::string& keep)
{
    app.add_option("--store", store, keep + " in this file, and go on from it: an interrupted run loses none");
}

void add_processes(CLI::App& app, int& processes, const std::string& simulations)
{
    add_non_negative(app, "--processes", processes, simulations + " at once (0: one per core)");
}

CLI::Option* add_shard(CLI::App& app, Shard& shard, const std::string& part)
{
    const auto assign = [&shard](const std::string& text) { shard = parse_shard(text); };
    return app
        .add_option_function<std::string>("--shard", assign, part + ", into the store: `merge` puts the parts together")
        ->type_name("2/8");
}

}  // namespace plumbline::cli
