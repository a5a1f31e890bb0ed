// SPDX-License-Identifier: Apache-2.0
// Kinds of flags: a choice of names, a list, a number that is not negative.
//
// The other files of this folder are groups of flags: each a struct of values with one function that adds its flags to a
// command. What a command can be told (commands/) is made of groups. Values that a flag cannot have are refused while parsing,
// with a message that lists those that it can.
#pragma once

#include <initializer_list>
#include <limits>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/number_flag.hpp"

namespace plumbline::cli {

/// A flag whose value is the name of an enumerator.
template <class Enum, class Parse>
CLI::Option* add_choice(CLI::App& app, const std::string& flag, Enum& target, std::initializer_list<Enum> values,
                        Parse parse, const std::string& help)
{
    std::vector<std::string> names;
    for (Enum value : values) names.emplace_back(name_of(value));
    const auto assign = [&target, parse](const std::string& name) { target = *parse(name); };
    return app.add_option_function<std::string>(flag, assign, help)
        ->check(CLI::IsMember(names))
        ->default_str(std::string{name_of(target)});
}

/// A flag that takes a list, each element understood by `parse`, which is told the flag's name.
template <class Value>
CLI::Option* add_list(CLI::App& app, const std::string& flag, std::vector<Value>& target,
                      Value (*parse)(const std::string&, const std::string&), const std::string& help)
{
    const auto assign = [&target, parse, flag](const std::vector<std::string>& texts) {
        target.clear();
        for (const std::string& text : texts) target.push_back(parse(flag, text));
    };
    return app.add_option_function<std::vector<std::string>>(flag, assign, help)->delimiter(',');
}

/// A flag whose value is a number, 0 or above.
template <class Number>
CLI::Option* add_non_negative(CLI::App& app, const std::string& flag, Number& target, const std::string& help)
{
    return app.add_option(flag, target, help)
        ->transform(number<Number>(0, std::numeric_limits<Number>::max(), "NONNEGATIVE"));
}

/// A flag that names a file.
template <class Paths>
CLI::Option* add_file(CLI::App& app, const std::string& flag, Paths& target, const std::string& help,
                      const std::string& type = "FILE")
{
    return app.add_option(flag, target, help)->type_name(type);
}

}  // namespace plumbline::cli
