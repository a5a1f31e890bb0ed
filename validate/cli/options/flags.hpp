// SPDX-License-Identifier: Apache-2.0
// Kinds of flags that commands share: a choice of names, a list, an objective, where results go.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "options/arguments.hpp"

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

/// A flag that takes a list, each element understood by `parse`.
template <class Value>
CLI::Option* add_list(CLI::App& app, const std::string& flag, std::vector<Value>& target,
                      Value (*parse)(const std::string&), const std::string& help)
{
    const auto assign = [&target, parse](const std::vector<std::string>& texts) {
        target.clear();
        for (const std::string& text : texts) target.push_back(parse(text));
    };
    return app.add_option_function<std::vector<std::string>>(flag, assign, help)->delimiter(',');
}

CLI::Option* add_profile(CLI::App& app, std::string& profile);
CLI::Option* add_factors(CLI::App& app, SearchOptions& search);
CLI::Option* add_objective(CLI::App& app, SearchOptions& search);
CLI::Option* add_capacity(CLI::App& app, CapacityPolicy& capacity);
CLI::Option* add_estimator(CLI::App& app, Estimator& estimator);
void add_fidelity(CLI::App& app, sim::Fidelity& fidelity);
void add_report(CLI::App& app, ReportArguments& arguments, std::initializer_list<Format> formats);

/// A whole number above 0, digits only; 0 for anything else.
std::int64_t positive(std::string_view digits);

}  // namespace plumbline::cli
