// SPDX-License-Identifier: Apache-2.0
#include "commands/describe_command.hpp"

#include "execution/deliver.hpp"
#include "execution/graphviz.hpp"
#include "execution/output_file.hpp"
#include "inputs/checked_files.hpp"
#include "options/flags.hpp"
#include "plumbline/dot.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/check_files.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/validate/description_report.hpp"

namespace plumbline::cli {
namespace {

struct Shown {
    std::string text;
    std::string dot;
};

template <class Described>
Shown shown(const Described& described)
{
    return {validate::description_text(described), to_dot(described)};
}

Shown shown_file(const Context& context, const std::string& path)
{
    if (io::is_onnx_path(path)) return shown(io::read_onnx(path, context.onnx));
    if (io::description_kind(path) == DescriptionKind::accelerator) return shown(io::read_accelerator(path));
    if (io::description_kind(path) == DescriptionKind::mapping)
        throw InputError{SourceLocation{path, 0, {}}, "has mapping rules, expected an accelerator or a network"};
    return shown(io::read_workload(path));
}

}  // namespace

void add(CLI::App& app, DescribeArguments& arguments)
{
    app.add_option("FILE", arguments.files, "Accelerators and networks (files or built-in names)")
        ->required()
        ->type_name("");
    add_file(app, "--dot", arguments.dot, "Also draw it: into this file, in the language of Graphviz", "FILE.dot");
    add_file(app, "--svg", arguments.svg, "Also draw it into this file (by Graphviz's dot)", "FILE.svg");
    app.add_option("-o,--output", arguments.output, "Write the text to this file (default: standard output)");
}

ExitCode describe(const Context& context, const DescribeArguments& arguments)
{
    if (arguments.files.size() > 1 && !(arguments.dot.empty() && arguments.svg.empty()))
        throw InputError{arguments.dot.empty() ? "--svg" : "--dot", "draws one description, expected a single FILE"};
    check_outputs({arguments.dot, arguments.svg, arguments.output});
    std::string text;
    for (const std::string& name : arguments.files) {
        const Shown each = shown_file(context, file_named(name));
        if (!arguments.dot.empty()) write_file(arguments.dot, each.dot);
        if (!arguments.svg.empty()) write_file(arguments.svg, drawn_by_graphviz(each.dot, "--svg"));
        text += (text.empty() ? "" : "\n") + each.text;
    }
    deliver(context, arguments.output, text);
    return ExitCode::done;
}

}  // namespace plumbline::cli
