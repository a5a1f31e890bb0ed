// SPDX-License-Identifier: Apache-2.0
#include "run.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <iostream>
#include <new>
#include <string_view>
#include <utility>

#include <spdlog/sinks/ostream_sink.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include "commands/calibrate_command.hpp"
#include "commands/capacity_command.hpp"
#include "commands/cost_command.hpp"
#include "commands/evaluate_command.hpp"
#include "commands/explore_command.hpp"
#include "commands/import_command.hpp"
#include "commands/simulate_command.hpp"
#include "commands/validate_command.hpp"
#include "execution/memory_shortage.hpp"
#include "options/onnx_flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/printable.hpp"
#include "plumbline/sim/overcommit.hpp"

namespace plumbline::cli {
namespace {

using Command = std::function<ExitCode(const Context&)>;

Context context_of(std::ostream& out, std::ostream& err)
{
    auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(err, true);
    auto log = std::make_shared<spdlog::logger>("plumbline", std::move(sink));
    log->set_pattern("%n: %l: %v");
    log->set_level(spdlog::level::warn);
    return {out, err, std::move(log), &err == &std::cerr && ::isatty(STDERR_FILENO) != 0};
}

/// A subcommand with its own flags, which chooses what is run.
template <class Arguments>
void add_command(CLI::App& app, const std::string& name, const std::string& help, Arguments& arguments,
                 ExitCode (*command)(const Context&, const Arguments&), Command& chosen)
{
    CLI::App* sub = app.add_subcommand(name, help);
    add(*sub, arguments);
    sub->parse_complete_callback([&arguments, &chosen, command] {
        chosen = [&arguments, command](const Context& context) { return command(context, arguments); };
    });
}

/// Whoever takes a network takes it in ONNX, too.
void add_onnx_where_read(CLI::App& command, io::OnnxOptions& options)
{
    if (command.get_name() == "import" || command.get_option_no_throw("--workload") != nullptr)
        add_onnx(command, options);
}

/// CLI11 would only say that a command is missing.
std::string unknown_command(const CLI::App& app, const std::vector<std::string>& arguments)
{
    if (arguments.empty() || arguments.front().starts_with('-')) return {};
    const auto named = [&](const CLI::App* command) { return command->get_name() == arguments.front(); };
    return app.get_subcommands(named).empty() ? arguments.front() : std::string{};
}

/// Of an error that is none of ours, in one line: the machine wraps what its processes throw in a report of several lines.
std::string reason_of(const std::string& what)
{
    constexpr std::string_view kWrapped = "uncaught exception: ";
    const std::string line = what.substr(0, what.find('\n'));
    if (says_memory_is_short(line)) return "there is not enough memory";
    const std::size_t wrapped = line.find(kWrapped);
    return printable(wrapped == std::string::npos ? line : line.substr(wrapped + kWrapped.size()));
}

ExitCode guarded(const std::string& name, const Command& command, const Context& context)
{
    try {
        return command(context);
    } catch (const InfeasibleError& error) {
        context.log->error("infeasible: {}", printable(error.what()));
        return ExitCode::infeasible;
    } catch (const sim::DoesNotFit& error) {
        context.log->error("infeasible: {}", error.what());
        return ExitCode::infeasible;
    } catch (const InputError& error) {
        context.log->error("{}", error.what());
    } catch (const std::bad_alloc&) {
        context.log->error("{}: there is not enough memory", name);
    } catch (const std::exception& error) {
        context.log->error("{}: {}", name, memory_was_short() ? "there is not enough memory" : reason_of(error.what()));
    }
    return ExitCode::bad_input;
}

}  // namespace

int run(std::vector<std::string> arguments, std::ostream& out, std::ostream& err)
{
    CLI::App app{"Predicts the cost of depth-first DNN schedules, executes them on a SystemC machine, compares both.",
                 "plumbline"};
    app.require_subcommand(1);
    app.set_version_flag("--version", "plumbline " PLUMBLINE_VERSION);
    bool verbose = false;
    app.add_flag("--verbose", verbose, "Say more on standard error");
    app.fallthrough();
    CalibrateArguments calibrate_arguments;
    CapacityArguments capacity_arguments;
    CostArguments cost_arguments;
    EvaluateArguments evaluate_arguments;
    ExploreArguments explore_arguments;
    ImportArguments import_arguments;
    SimulateArguments simulate_arguments;
    ValidateArguments validate_arguments;
    Command chosen;
    add_command(app, "calibrate", "Fit parameters to observed runs; report on held-out schedules", calibrate_arguments,
                calibrate, chosen);
    add_command(app, "capacity", "List where schedules need more space than there is", capacity_arguments, capacity,
                chosen);
    add_command(app, "cost", "Score layers under given mappings, and copies", cost_arguments, cost, chosen);
    add_command(app, "evaluate", "Plan a schedule and predict its cost", evaluate_arguments, evaluate, chosen);
    add_command(app, "explore", "Predict the cost of many schedules and find the best", explore_arguments, explore,
                chosen);
    add_command(app, "import", "Make YAML of a network in ONNX, or list its layers", import_arguments, import, chosen);
    add_command(app, "simulate", "Execute a schedule on the machine", simulate_arguments, simulate, chosen);
    add_command(app, "validate", "Predict, simulate and compare: one schedule, or many", validate_arguments, validate,
                chosen);

    io::OnnxOptions onnx;
    for (CLI::App* command : app.get_subcommands({})) add_onnx_where_read(*command, onnx);

    if (const std::string name = unknown_command(app, arguments); !name.empty()) {
        err << "no command '" << name
            << "', expected calibrate, capacity, cost, evaluate, explore, import, simulate or validate\n";
        return static_cast<int>(ExitCode::bad_input);
    }
    // CLI11 takes a vector of arguments back to front.
    std::reverse(arguments.begin(), arguments.end());
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& error) {
        const bool asked_for_help = app.exit(error, out, err) == 0;
        return static_cast<int>(asked_for_help ? ExitCode::done : ExitCode::bad_input);
    }
    Context context = context_of(out, err);
    context.onnx = std::move(onnx);
    if (verbose) context.log->set_level(spdlog::level::info);
    return static_cast<int>(guarded(app.get_subcommands().front()->get_name(), chosen, context));
}

}  // namespace plumbline::cli
