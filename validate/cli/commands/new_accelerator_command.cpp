// SPDX-License-Identifier: Apache-2.0
#include "commands/new_accelerator_command.hpp"

#include <iostream>
#include <sstream>
#include <utility>

#include <unistd.h>

#include "execution/deliver.hpp"
#include "execution/output_file.hpp"
#include "options/new_accelerator_flags.hpp"
#include "options/number_flag.hpp"
#include "plumbline/check.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::cli {
namespace {

/// Asks until the answer is understood; an empty one, or the end of input, leaves what is there.
template <class Take>
void ask(const Context& context, const std::string& question, const std::string& otherwise, Take take)
{
    for (;;) {
        context.err << question << " [" << otherwise << "]: " << std::flush;
        std::string answer;
        if (!std::getline(std::cin, answer) || answer.empty()) return;
        try {
            take(answer);
            return;
        } catch (const CLI::Error& error) {
            context.err << error.what() << '\n';
        }
    }
}

std::vector<io::NewMemory> parse_memories(const std::string& text)
{
    std::vector<io::NewMemory> memories;
    std::istringstream all{text};
    for (std::string part; all >> part;) memories.push_back(parse_memory("memories", part));
    return memories;
}

Bits parse_bits(std::string text)
{
    const std::string wrong = number<std::int64_t>(1, std::int64_t{1} << 20U)(text);
    if (!wrong.empty()) throw CLI::ValidationError(wrong);
    return Bits{std::stoll(text)};
}

io::NewAccelerator asked_for(const Context& context, const NewAcceleratorArguments& arguments)
{
    io::NewAccelerator answers = arguments.answers;
    const auto open = [&](const char* flag) { return arguments.flags->count(flag) == 0; };
    if (open("--name")) ask(context, "name", answers.name, [&](const std::string& text) { answers.name = text; });
    if (open("--array"))
        ask(context, "MACs by loop", text_of(answers.array),
            [&](const std::string& text) { answers.array = parse_array("array", text); });
    if (open("--precision"))
        ask(context, "bits of weights and features", number_text(answers.precision.count()),
            [&](const std::string& text) { answers.precision = parse_bits(text); });
    if (open("--sum-precision"))
        ask(context, "bits of partial sums", number_text(answers.sum_precision.count()),
            [&](const std::string& text) { answers.sum_precision = parse_bits(text); });
    if (open("--memory"))
        ask(context, "on-chip memories, lowest first", text_of(answers.memories),
            [&](const std::string& text) { answers.memories = parse_memories(text); });
    if (open("--off-chip-bandwidth"))
        ask(context, "bits per cycle of off-chip memory", number_text(answers.off_chip_bandwidth.count()),
            [&](const std::string& text) { answers.off_chip_bandwidth = parse_bits(text); });
    return answers;
}

}  // namespace

void add(CLI::App& app, NewAcceleratorArguments& arguments)
{
    arguments.flags = &app;
    add_new_accelerator(app, arguments.answers);
    app.add_flag("--yes", arguments.ask_nothing, "Ask nothing: what is not given is as by default");
    app.add_option("-o,--output", arguments.output, "Write the accelerator to this file (default: standard output)");
    app.add_option("--mapping-out", arguments.mapping, "Also write mapping rules for it to this file");
}

ExitCode new_accelerator(const Context& context, const NewAcceleratorArguments& arguments)
{
    check_outputs({arguments.output, arguments.mapping});
    const bool person = context.terminal && ::isatty(STDIN_FILENO) != 0 && !arguments.ask_nothing;
    const io::NewAccelerator answers = person ? asked_for(context, arguments) : arguments.answers;
    const std::string text = io::accelerator_yaml(answers);
    for (const Finding& finding : check_accelerator(io::parse_accelerator(text, answers.name)))
        context.log->warn("{}: {}", finding.where.field, finding.text);
    if (!arguments.mapping.empty()) write_file(arguments.mapping, io::mapping_yaml(answers));
    deliver(context, arguments.output, text);
    return ExitCode::done;
}

}  // namespace plumbline::cli
