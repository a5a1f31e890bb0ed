// SPDX-License-Identifier: Apache-2.0
#include "overwritten_inputs.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

/// Beside those that end in "-out".
constexpr std::array<std::string_view, 7> kOutputs{"output", "trace", "report", "junit", "plot", "dot", "svg"};

bool ends_with(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The longest name, without dashes.
std::string name_of(const CLI::Option& option)
{
    if (!option.get_lnames().empty()) return option.get_lnames().front();
    return option.get_single_name();
}

bool is_output(const std::string& name)
{
    return ends_with(name, "-out") || std::find(kOutputs.begin(), kOutputs.end(), name) != kOutputs.end();
}

/// Files among the values of an option, which may be lists.
std::vector<std::string> files_of(const CLI::Option& option)
{
    std::vector<std::string> files;
    for (const std::string& value : option.results()) {
        std::istringstream parts{value};
        for (std::string part; std::getline(parts, part, ',');) {
            std::error_code unknown;
            if (fs::is_regular_file(part, unknown)) files.push_back(part);
        }
    }
    return files;
}

void check(const std::string& output, const std::string& path, const CLI::Option& read)
{
    const std::string input = name_of(read);
    if (is_output(input) || output == input + "-out") return;
    const std::vector<std::string> files = files_of(read);
    const auto is_written = [&](const std::string& file) {
        std::error_code unknown;
        return fs::equivalent(path, file, unknown);
    };
    if (std::any_of(files.begin(), files.end(), is_written))
        throw InputError{SourceLocation{path, 0, {}}, "is read (" + input + "), expected another file for --" + output};
}

}  // namespace

void check_inputs_are_kept(const CLI::App& command)
{
    for (const CLI::Option* output : command.get_options()) {
        const std::string name = name_of(*output);
        if (!is_output(name)) continue;
        for (const std::string& path : files_of(*output))
            for (const CLI::Option* read : command.get_options()) check(name, path, *read);
    }
}

}  // namespace plumbline::cli
