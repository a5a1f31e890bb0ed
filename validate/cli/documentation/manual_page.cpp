// SPDX-License-Identifier: Apache-2.0
#include "documentation/manual_page.hpp"

#include "documentation/command_tree.hpp"

namespace plumbline::cli {
namespace {

/// As roff takes it: a hyphen is one that can be copied, and no line is a request.
std::string roff(const std::string& text)
{
    std::string escaped;
    for (char letter : text) {
        if (letter == '\\')
            escaped += "\\e";
        else if (letter == '-')
            escaped += "\\-";
        else
            escaped += letter;
    }
    if (!escaped.empty() && (escaped.front() == '.' || escaped.front() == '\'')) escaped.insert(0, "\\&");
    return escaped;
}

std::string flag_text(const DocumentedFlag& flag)
{
    std::string names;
    for (const std::string& name : flag.names)
        names += (names.empty() ? "" : ", ") + std::string{"\\fB"} + roff(name) + "\\fR";
    if (!flag.positional && !flag.value.empty()) names += " \\fI" + roff(flag.value) + "\\fR";
    std::string text = ".TP\n" + names + '\n' + roff(flag.help);
    if (flag.required) text += " (required)";
    if (!flag.otherwise.empty()) text += " (default: " + roff(flag.otherwise) + ')';
    return text + '\n';
}

std::string examples_text(const DocumentedCommand& command)
{
    std::string text;
    for (const std::string& line : command.examples) text += ".PP\n.nf\n  " + roff(line) + "\n.fi\n";
    return text;
}

std::string command_text(const DocumentedCommand& command)
{
    std::string text = ".SS plumbline " + roff(command.path) + '\n' + roff(command.help) + ".\n";
    for (const DocumentedFlag& flag : command.flags)
        if (flag.names.back() != "--help") text += flag_text(flag);
    return text + examples_text(command);
}

constexpr const char* kStatusAndFiles = R"(.SH EXIT STATUS
.TP
0
done
.TP
1
outside tolerance; of check: suspicious findings
.TP
2
bad input or usage
.TP
3
infeasible: there is no such schedule, or it does not fit the machine
.SH FILES
Accelerators, networks and mapping rules are YAML in the schema of ZigZag v3; built\-in ones go by name. What machines write is
JSON with a key \fIschema\fR.
)";

}  // namespace

std::string manual_page(const CLI::App& program, const std::string& version)
{
    const std::vector<DocumentedCommand> commands = documented_commands(program);
    const DocumentedCommand& whole = commands.front();
    std::string text = ".TH PLUMBLINE 1 \"\" \"plumbline " + roff(version) + "\" \"User Commands\"\n";
    text += ".SH NAME\nplumbline \\- predict, execute and compare depth\\-first DNN schedules\n";
    text += ".SH SYNOPSIS\n.B plumbline\n\\fIcommand\\fR [\\fIflags\\fR]\n.SH DESCRIPTION\n" + roff(whole.help) + '\n';
    text += ".SH OPTIONS\n";
    for (const DocumentedFlag& flag : whole.flags) text += flag_text(flag);
    text += ".SH COMMANDS\n";
    for (const DocumentedCommand& command : commands)
        if (!command.path.empty() && command.below.empty()) text += command_text(command);
    return text + ".SH EXAMPLES\n" + examples_text(whole) + kStatusAndFiles;
}

}  // namespace plumbline::cli
