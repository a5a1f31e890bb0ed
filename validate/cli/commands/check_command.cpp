// SPDX-License-Identifier: Apache-2.0
#include "commands/check_command.hpp"

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/checked_files.hpp"
#include "plumbline/io/check_files.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/validate/findings_report.hpp"

namespace plumbline::cli {

void add(CLI::App& app, CheckArguments& arguments)
{
    app.add_option(
           "FILE", arguments.files,
           "Accelerators, networks and mapping rules (files or built-in names); those given together are checked "
           "with each other")
        ->required()
        ->type_name("");
    add_report(app, arguments.report, {Format::table, Format::json});
}

namespace {

std::optional<Workload> read_network(const Context& context, const std::string& path)
{
    if (!io::is_onnx_path(path)) return std::nullopt;
    return io::read_onnx(path, context.onnx);
}

}  // namespace

ExitCode check(const Context& context, const CheckArguments& arguments)
{
    check_outputs({arguments.report.file});
    const CheckedFiles files = files_to_check(arguments.files);
    const std::vector<Finding> findings =
        io::check_files(files.paths, [&](const std::string& path) { return read_network(context, path); });
    if (files.lack_rules) context.log->warn("no mapping rules are given: ports and idle MACs are not checked without");
    const auto report = arguments.report.format == Format::json ? validate::findings_json : validate::findings_text;
    deliver(context, arguments.report.file, report(findings));
    if (validate::count_of(findings, Severity::error) > 0) return ExitCode::bad_input;
    return validate::count_of(findings, Severity::suspicious) > 0 ? ExitCode::out_of_tolerance : ExitCode::done;
}

}  // namespace plumbline::cli
