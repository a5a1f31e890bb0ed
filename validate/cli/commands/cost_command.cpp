// SPDX-License-Identifier: Apache-2.0
#include "commands/cost_command.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "execution/progress.hpp"
#include "inputs/descriptions.hpp"
#include "inputs/workload_notes.hpp"
#include "options/flags.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/records.hpp"
#include "plumbline/validate/reference_check.hpp"

namespace plumbline::cli {
namespace {

validate::ReferenceReport checked(const Context& context, const std::string& path, const Accelerator& accelerator,
                                  const validate::ReferenceCheckOptions& options)
{
    const Progress progress{context, "evaluating records"};
    return validate::check_against_reference(path, accelerator, options);
}

std::string lower_case(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

/// Records are of DeFiNES, and files of others: what they name is looked up among its descriptions, never opened.
std::string built_in(Description kind, const std::string& name, const SourceLocation& where)
{
    const std::vector<std::string> names = built_in_names(kind);
    for (const std::string& asked : {"defines/" + lower_case(name), lower_case(name)})
        if (const auto known = built_in_name(kind, asked)) return *known;
    std::string all;
    for (const std::string& each : names) all += (all.empty() ? "" : ", ") + each;
    throw InputError{where, "'" + name + "' is not built in, expected one of: " + all + "; or give --" +
                                (kind == Description::accelerator ? "accelerator" : "workload")};
}

/// What the records say themselves: "Meta_prototype_DF" is the built-in meta_prototype_df, "workload_fsrcnn" fsrcnn.
CostArguments completed(CostArguments arguments)
{
    if (!arguments.accelerator.empty() && (!arguments.search || !arguments.workload.empty())) return arguments;
    const io::RecordOrigin origin = io::origin_of_records(arguments.records);
    constexpr std::string_view kPrefix = "workload_";
    const bool prefixed = origin.workload.rfind(kPrefix, 0) == 0;
    const SourceLocation platform{arguments.records, origin.line, "platform"};
    const SourceLocation workload{arguments.records, origin.line, "workload"};
    if (arguments.accelerator.empty())
        arguments.accelerator = built_in(Description::accelerator, origin.platform, platform);
    if (arguments.search && arguments.workload.empty() && !origin.workload.empty())
        arguments.workload =
            built_in(Description::workload, origin.workload.substr(prefixed ? kPrefix.size() : 0), workload);
    return arguments;
}

}  // namespace

void add(CLI::App& app, CostArguments& arguments)
{
    add_accelerator(app, arguments.accelerator,
                    "Accelerator: file or built-in name (default: the built-in one that the records name)");
    app.add_option("--records", arguments.records, "Layers under given mappings and copies: .jsonl or .jsonl.gz")
        ->required();
    auto* search = app.add_flag("--search", arguments.search, "Also search the mapping of records of kind best");
    add_mapping(app, arguments.mapping,
                "Mapping rules for --search: file or built-in name (default: those of the accelerator's family)")
        ->needs(search);
    add_workload(app, arguments.workload,
                 "Network for --search, whose layers have mapping rules: file or built-in name (default: as above)")
        ->needs(search);
    add_threads(app, arguments.threads, "Threads of --search (0: one per core)")->needs(search);
    add_non_negative(app, "--tolerance", arguments.tolerance, "Largest relative deviation from what records expect")
        ->capture_default_str();
    add_report(app, arguments.report, {Format::table, Format::json});
}

ExitCode cost(const Context& context, const CostArguments& given)
{
    check_outputs({given.report.file});
    const CostArguments arguments = completed(given);
    const Accelerator accelerator = read_accelerator(arguments.accelerator, {});
    validate::ReferenceCheckOptions options;
    options.threads = arguments.threads;
    std::optional<MappingRules> rules;
    std::optional<Workload> workload;
    if (arguments.search) {
        rules = read_rules(arguments.mapping, arguments.accelerator, accelerator);
        options.rules = &*rules;
        if (!arguments.workload.empty()) {
            workload = read_workload(context, arguments.workload);
            options.workload = &*workload;
        }
    }
    const validate::ReferenceReport report = checked(context, arguments.records, accelerator, options);
    const auto write = arguments.report.format == Format::json ? validate::reference_json : validate::reference_text;
    deliver(context, arguments.report.file, write(report, arguments.tolerance));
    return report.worst() <= arguments.tolerance ? ExitCode::done : ExitCode::out_of_tolerance;
}

}  // namespace plumbline::cli
