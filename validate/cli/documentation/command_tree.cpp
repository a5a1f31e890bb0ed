// SPDX-License-Identifier: Apache-2.0
#include "documentation/command_tree.hpp"

#include <algorithm>
#include <sstream>

#include "documentation/examples.hpp"

namespace plumbline::cli {
namespace {

std::vector<std::string> split_at(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream all{text};
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    return parts;
}

/// "TEXT:{table,json}" and "a|b" list what may be given. Where a part shows what others look like ("60x72"), nothing is listed.
std::vector<std::string> choices_in(const std::string& type)
{
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}', open);
    if (open != std::string::npos && close != std::string::npos)
        return split_at(type.substr(open + 1, close - open - 1), ',');
    std::vector<std::string> words = split_at(type, '|');
    const auto is_example = [](const std::string& word) {
        return word.find_first_of("0123456789:;,") != std::string::npos;
    };
    if (words.size() < 2) return {};
    words.erase(std::remove_if(words.begin(), words.end(), is_example), words.end());
    return words;
}

/// "table|json" for "TEXT:{table,json}": a person need not know how the parser calls it.
std::string readable(const std::string& type)
{
    if (type.find('{') == std::string::npos) return type;
    std::string all;
    for (const std::string& choice : choices_in(type)) all += (all.empty() ? "" : "|") + choice;
    return all;
}

DocumentedFlag documented(const CLI::Option& option, const NamesOfFlag& names)
{
    DocumentedFlag flag;
    flag.positional = !option.nonpositional();
    for (const std::string& name : option.get_snames()) flag.names.push_back('-' + name);
    for (const std::string& name : option.get_lnames()) flag.names.push_back("--" + name);
    if (flag.positional) flag.names = {option.get_name(true)};
    flag.help = option.get_description();
    flag.required = option.get_required();
    flag.otherwise = option.get_default_str();
    if (option.get_items_expected_max() == 0) return flag;
    flag.choices = choices_in(option.get_type_name());
    flag.value = readable(option.get_type_name());
    if (names)
        for (const std::string& name : names(flag.names.back())) flag.choices.push_back(name);
    return flag;
}

void add(const CLI::App& app, const std::string& path, const NamesOfFlag& names, std::vector<DocumentedCommand>& found)
{
    DocumentedCommand command{path, app.get_description(), {}, {}, examples_of(path)};
    for (const CLI::Option* option : app.get_options({})) command.flags.push_back(documented(*option, names));
    auto below = app.get_subcommands({});
    std::sort(below.begin(), below.end(),
              [](const CLI::App* a, const CLI::App* b) { return a->get_name() < b->get_name(); });
    for (const CLI::App* each : below) command.below.push_back(each->get_name());
    found.push_back(std::move(command));
    for (const CLI::App* each : below)
        add(*each, path.empty() ? each->get_name() : path + ' ' + each->get_name(), names, found);
}

}  // namespace

std::vector<DocumentedCommand> documented_commands(const CLI::App& program, const NamesOfFlag& names)
{
    std::vector<DocumentedCommand> found;
    add(program, {}, names, found);
    return found;
}

}  // namespace plumbline::cli
