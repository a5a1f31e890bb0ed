// SPDX-License-Identifier: Apache-2.0
#include "documentation/bash_completion.hpp"

namespace plumbline::cli {
namespace {

constexpr const char* kScriptBegin = R"(# Completion of plumbline for bash, written by `plumbline completion bash`.
_plumbline() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command="" place
    for ((place = 1; place < COMP_CWORD; ++place)); do
        case "$command ${COMP_WORDS[place]}" in
            )";

constexpr const char* kCommandFound = R"()
                command="$command ${COMP_WORDS[place]}" ;;
        esac
    done
    local words="" files=yes
    case "$command $before" in
)";

constexpr const char* kScriptEnd = R"(    esac
    COMPREPLY=($(compgen -W "$words" -- "$word"))
    [ -z "$files" ] || [[ $word == -* ]] || COMPREPLY+=($(compgen -f -- "$word"))
}
complete -o filenames -F _plumbline plumbline
)";

std::string joined_by(const std::vector<std::string>& words, const std::string& separator)
{
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : separator) + word;
    return all;
}

/// " new accelerator": as the loop of the script puts paths together.
std::string path_of(const DocumentedCommand& command) { return command.path.empty() ? "" : ' ' + command.path; }

/// Whether the choices are all that there is, not names beside files.
bool is_listed(const DocumentedFlag& flag)
{
    return flag.value.find('|') != std::string::npos && !flag.choices.empty();
}

/// After a flag that takes a value, its values are completed.
std::string values_of(const DocumentedCommand& command, const DocumentedFlag& flag)
{
    std::vector<std::string> patterns;
    for (const std::string& name : flag.names) patterns.push_back('"' + path_of(command) + ' ' + name + '"');
    const std::string rule = "        " + joined_by(patterns, "|") + ") words=\"" + joined_by(flag.choices, " ") + '"';
    return rule + (is_listed(flag) ? " files=\"\" ;;\n" : " ;;\n");
}

/// Elsewhere, sub-commands and positional arguments are, and flags where a hyphen was typed or there is nothing else.
std::string words_of(const DocumentedCommand& command)
{
    std::vector<std::string> words = command.below;
    std::vector<std::string> flags;
    bool files = false;
    for (const DocumentedFlag& flag : command.flags) {
        files = files || (flag.positional && !is_listed(flag));
        std::vector<std::string>& offered = flag.positional ? words : flags;
        const std::vector<std::string>& more = flag.positional ? flag.choices : flag.names;
        offered.insert(offered.end(), more.begin(), more.end());
    }
    std::string rule = "        \"" + path_of(command) + " \"*) words=\"" + joined_by(flags, " ") + '"';
    if (!words.empty()) rule += "; [[ $word == -* ]] || words=\"" + joined_by(words, " ") + '"';
    return rule + (files ? " ;;\n" : "; files=\"\" ;;\n");
}

}  // namespace

std::string bash_completion(const std::vector<DocumentedCommand>& commands)
{
    std::vector<std::string> paths;
    for (const DocumentedCommand& command : commands)
        if (!command.path.empty()) paths.push_back('"' + path_of(command) + '"');
    std::string text = kScriptBegin + joined_by(paths, " | ") + kCommandFound;
    for (const DocumentedCommand& command : commands)
        for (const DocumentedFlag& flag : command.flags)
            if (flag.takes_value() && !flag.positional) text += values_of(command, flag);
    // The longest path first: that of a command is the beginning of those below it.
    for (auto command = commands.rbegin(); command != commands.rend(); ++command) text += words_of(*command);
    return text + kScriptEnd;
}

}  // namespace plumbline::cli
