// SPDX-License-Identifier: Apache-2.0
#include "documentation/zsh_completion.hpp"

#include <algorithm>

namespace plumbline::cli {
namespace {

/// Within single quotes of a specification of _arguments or _describe.
std::string quoted_part(const std::string& text)
{
    std::string escaped;
    for (char letter : text) {
        if (letter == '\'')
            escaped += "'\\''";
        else if (letter == '[' || letter == ']' || letter == ':' || letter == '\\')
            escaped += std::string{'\\'} + letter;
        else
            escaped += letter;
    }
    return escaped;
}

/// What completes a value: a list of words, files, or both.
std::string action_of(const DocumentedFlag& flag)
{
    if (flag.choices.empty()) return "_files";
    std::string words;
    for (const std::string& choice : flag.choices) words += (words.empty() ? "" : " ") + quoted_part(choice);
    const bool listed = flag.value.find('|') != std::string::npos;
    return listed ? '(' + words + ')' : "{ compadd -- " + words + "; _files }";
}

std::string specification_of(const DocumentedFlag& flag, const std::string& name)
{
    if (flag.positional) return "'*:" + quoted_part(flag.help) + ':' + action_of(flag) + '\'';
    std::string text = "'*" + name + '[' + quoted_part(flag.help) + ']';
    if (flag.takes_value()) text += ':' + quoted_part(flag.value) + ':' + action_of(flag);
    return text + '\'';
}

std::string flags_of(const DocumentedCommand& command, const std::string& indent)
{
    std::string text;
    for (const DocumentedFlag& flag : command.flags)
        for (const std::string& name : flag.names) text += " \\\n" + indent + specification_of(flag, name);
    return text;
}

/// "_plumbline_new_accelerator".
std::string function_of(const std::string& path)
{
    std::string name = "_plumbline" + (path.empty() ? "" : '_' + path);
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

const DocumentedCommand& command_at(const std::vector<DocumentedCommand>& commands, const std::string& path)
{
    return *std::find_if(commands.begin(), commands.end(),
                         [&](const DocumentedCommand& each) { return each.path == path; });
}

std::string leaf(const DocumentedCommand& command)
{
    return function_of(command.path) + "() {\n    _arguments" + flags_of(command, "        ") + "\n}\n\n";
}

/// A command with others below it: completes their names, and leaves the rest to their functions.
std::string branch(const DocumentedCommand& command, const std::vector<DocumentedCommand>& commands)
{
    const std::string function = function_of(command.path);
    std::string text =
        function + "() {\n    local context state state_descr line\n    typeset -A opt_args\n    _arguments -C" +
        flags_of(command, "        ") + " \\\n        '1:command:->command' \\\n        '*::argument:->argument'\n" +
        "    case $state in\n        command)\n            local -a commands=(";
    for (const std::string& name : command.below) {
        const std::string path = command.path.empty() ? name : command.path + ' ' + name;
        text += "\n                '" + name + ':' + quoted_part(command_at(commands, path).help) + '\'';
    }
    return text + ")\n            _describe command commands ;;\n        argument) (( $+functions[" + function +
           "_$line[1]] )) && " + function + "_$line[1] ;;\n    esac\n}\n\n";
}

}  // namespace

std::string zsh_completion(const std::vector<DocumentedCommand>& commands)
{
    std::string text =
        "#compdef plumbline\n# Completion of plumbline for zsh, written by `plumbline completion zsh`.\n\n";
    for (const DocumentedCommand& command : commands)
        text += command.below.empty() ? leaf(command) : branch(command, commands);
    return text + "_plumbline \"$@\"\n";
}

}  // namespace plumbline::cli
