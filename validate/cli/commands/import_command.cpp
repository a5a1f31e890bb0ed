// SPDX-License-Identifier: Apache-2.0
#include "commands/import_command.hpp"

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "inputs/workload_notes.hpp"
#include "options/flags.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/validate/workload_report.hpp"

namespace plumbline::cli {

void add(CLI::App& app, ImportArguments& arguments)
{
    add_file(app, "file", arguments.file, "Network in ONNX", "FILE.onnx")->required();
    add_file(app, "-o,--output", arguments.output, "Write the network to this file (default: print its layers alone)",
             "FILE.yaml");
}

ExitCode import(const Context& context, const ImportArguments& arguments)
{
    if (!io::is_onnx_path(arguments.file))
        throw InputError{SourceLocation{arguments.file, 0, {}}, "is no ONNX file, expected a name that ends in .onnx"};
    check_outputs({arguments.output});
    const Workload workload = io::read_onnx(arguments.file, context.onnx);
    say_notes(context, arguments.file, workload);
    if (!arguments.output.empty()) io::write_workload(arguments.output, workload);
    deliver(context, {}, validate::layers_text(workload));
    return ExitCode::done;
}

}  // namespace plumbline::cli
