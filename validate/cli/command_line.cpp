// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <algorithm>
#include <ostream>

#include "commands/calibrate_command.hpp"
#include "commands/capacity_command.hpp"
#include "commands/check_command.hpp"
#include "commands/completion_command.hpp"
#include "commands/cost_command.hpp"
#include "commands/describe_command.hpp"
#include "commands/evaluate_command.hpp"
#include "commands/explore_command.hpp"
#include "commands/import_command.hpp"
#include "commands/manual_command.hpp"
#include "commands/merge_command.hpp"
#include "commands/new_accelerator_command.hpp"
#include "commands/optimize_command.hpp"
#include "commands/query_command.hpp"
#include "commands/simulate_command.hpp"
#include "commands/validate_command.hpp"
#include "documentation/examples.hpp"
#include "options/onnx_flags.hpp"
#include "overwritten_inputs.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::cli {

struct CommandArguments {
    CalibrateArguments calibrate;
    CapacityArguments capacity;
    CheckArguments check;
    CompletionArguments completion;
    CostArguments cost;
    DescribeArguments describe;
    EvaluateArguments evaluate;
    ExploreArguments explore;
    ImportArguments import;
    ManualArguments manual;
    MergeArguments merge;
    NewAcceleratorArguments new_accelerator;
    OptimizeArguments optimize;
    QueryArguments query;
    SimulateArguments simulate;
    ValidateArguments validate;
};

namespace {

/// The commands below another, or below the program.
std::vector<std::string> names_below(const CLI::App& parent)
{
    std::vector<std::string> names;
    for (const CLI::App* command : parent.get_subcommands({})) names.push_back(command->get_name());
    return names;
}

/// CLI11 would only say that a command is missing.
std::string unknown_command(const CLI::App& app, const std::vector<std::string>& arguments)
{
    const CLI::App* at = &app;
    std::string path;
    for (const std::string& argument : arguments) {
        const std::vector<std::string> names = names_below(*at);
        if (names.empty() || argument.empty() || argument.front() == '-') break;
        path += (path.empty() ? "" : " ") + argument;
        if (std::find(names.begin(), names.end(), argument) == names.end())
            return "no command '" + path + '\'' + suggestion(argument, views_of(names));
        at = at->get_subcommand(argument);
    }
    return {};
}

/// Whoever takes a network takes it in ONNX, too.
bool reads_networks(const CLI::App& command)
{
    const std::string& name = command.get_name();
    return name == "check" || name == "describe" || name == "import" ||
           command.get_option_no_throw("--workload") != nullptr;
}

/// The innermost command that was asked for.
struct Asked {
    const CLI::App* command;
    std::string path;  ///< "plumbline new accelerator"
};

Asked asked(const CLI::App& app, const std::string& path = "plumbline")
{
    const auto below = app.get_subcommands();
    if (below.empty()) return {&app, path};
    return asked(*below.front(), path + ' ' + below.front()->get_name());
}

void add_flags(const CLI::App& app, std::vector<std::string>& flags)
{
    for (const CLI::Option* option : app.get_options({}))
        for (const std::string& name : option->get_lnames()) flags.push_back("--" + name);
}

bool is_flag(const std::string& argument)
{
    return argument.size() > 1 && argument.front() == '-' &&
           argument.find_first_of("0123456789.") != 1;  // a negative number is a value
}

/// What was typed as a flag and is none; empty where all are known.
std::string unknown_flag(const CLI::App& app)
{
    const Asked found = asked(app);
    for (const std::string& argument : app.remaining(true)) {
        if (!is_flag(argument)) continue;
        const std::string flag = argument.substr(0, argument.find('='));
        std::vector<std::string> known;
        add_flags(*found.command, known);
        if (found.command != &app) add_flags(app, known);
        const auto nearest = nearest_name(flag, views_of(known));
        return found.path + " has no flag '" + flag + '\'' +
               (nearest.empty() || !flag.starts_with("--") ? ", see --help" : suggestion(flag, {nearest}));
    }
    return {};
}

}  // namespace

CommandLine::CommandLine()
    : app_{"Predicts the cost of depth-first DNN schedules, executes them on a SystemC machine, compares both.",
           "plumbline"},
      arguments_{std::make_unique<CommandArguments>()}
{
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "plumbline " PLUMBLINE_VERSION);
    app_.add_flag("--verbose", verbose_, "Say more on standard error");
    app_.fallthrough();
    add_commands();
    add_examples(app_);
}

CommandLine::~CommandLine() = default;

template <class Arguments>
void CommandLine::add_command(CLI::App& parent, const std::string& name, const std::string& help, Arguments& arguments,
                              ExitCode (*command)(const Context&, const Arguments&))
{
    CLI::App* sub = parent.add_subcommand(name, help);
    add(*sub, arguments);
    sub->parse_complete_callback([this, &arguments, command] {
        chosen_ = [&arguments, command](const Context& context) { return command(context, arguments); };
    });
}

void CommandLine::add_commands()
{
    CommandArguments& all = *arguments_;
    add_command(app_, "calibrate", "Fit parameters to observed runs; report on held-out schedules", all.calibrate,
                calibrate);
    add_command(app_, "capacity", "List where schedules need more space than there is", all.capacity, capacity);
    add_command(app_, "check", "Say all that is wrong or suspicious in accelerators, networks and mapping rules",
                all.check, check);
    all.completion.tree = all.manual.tree = &app_;
    add_command(app_, "completion", "Write what a shell needs to complete commands and flags", all.completion,
                completion);
    add_command(app_, "cost", "Score layers under given mappings, and copies", all.cost, cost);
    add_command(app_, "describe", "Show an accelerator or a network as text, or draw it", all.describe, describe);
    add_command(app_, "evaluate", "Plan a schedule and predict its cost", all.evaluate, evaluate);
    add_command(app_, "explore", "Predict the cost of many schedules and find the best", all.explore, explore);
    add_command(app_, "import", "Make YAML of a network in ONNX, or list its layers", all.import, import);
    add_command(app_, "manual", "Write the manual page, for man", all.manual, manual);
    add_command(app_, "merge", "Put stores of explored points into one", all.merge, merge);
    add_new();
    add_command(app_, "optimize", "Find the best stacks, and the best tile and mode for each", all.optimize, optimize);
    add_command(app_, "query", "List points of a store: the best, those that meet a condition, the Pareto front",
                all.query, query);
    add_command(app_, "simulate", "Execute a schedule on the machine", all.simulate, simulate);
    add_command(app_, "validate", "Predict, simulate and compare: one schedule, or many", all.validate, validate);
    for (CLI::App* command : app_.get_subcommands([](const CLI::App*) { return true; }))
        if (reads_networks(*command)) add_onnx(*command, onnx_);
}

void CommandLine::add_new()
{
    CLI::App* parent = app_.add_subcommand("new", "Write a description to begin with");
    parent->require_subcommand(1);
    add_command(*parent, "accelerator", "Write an accelerator and its mapping rules, with comments",
                arguments_->new_accelerator, new_accelerator);
}

std::optional<ExitCode> CommandLine::parse(std::vector<std::string> arguments, std::ostream& out, std::ostream& err)
{
    if (const std::string unknown = unknown_command(app_, arguments); !unknown.empty()) {
        err << unknown << '\n';
        return ExitCode::bad_input;
    }
    // CLI11 takes a vector of arguments back to front.
    std::reverse(arguments.begin(), arguments.end());
    try {
        app_.parse(std::move(arguments));
    } catch (const CLI::Success& help) {
        app_.exit(help, out, err);
        return ExitCode::done;
    } catch (const CLI::ParseError& error) {
        if (const std::string unknown = unknown_flag(app_); !unknown.empty())
            err << unknown << '\n';
        else
            app_.exit(error, out, err);
        return ExitCode::bad_input;
    }
    return std::nullopt;
}

void CommandLine::check_files() const { check_inputs_are_kept(*asked(app_).command); }

std::string CommandLine::name() const { return asked(app_).command->get_name(); }

}  // namespace plumbline::cli
