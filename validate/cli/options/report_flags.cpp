// SPDX-License-Identifier: Apache-2.0
#include "options/report_flags.hpp"

#include <optional>
#include <string_view>
#include <vector>

#include "options/flags.hpp"

namespace plumbline::cli {
namespace {

std::string_view name_of(Format format)
{
    switch (format) {
        case Format::table: return "table";
        case Format::json: return "json";
        case Format::csv: break;
    }
    return "csv";
}

std::optional<Format> format_named(std::string_view name)
{
    for (Format format : {Format::table, Format::json, Format::csv})
        if (name == name_of(format)) return format;
    return std::nullopt;
}

}  // namespace

void add_report(CLI::App& app, ReportFlags& flags, std::initializer_list<Format> formats)
{
    std::vector<std::string> names;
    for (Format format : formats) names.emplace_back(name_of(format));
    const auto set_format = [&flags](const std::string& name) { flags.format = *format_named(name); };
    app.add_option_function<std::string>("--format", set_format, "How results are written")
        ->check(CLI::IsMember(names))
        ->default_str("table");
    app.add_option("-o,--output", flags.file, "Write results to this file (default: standard output)");
}

void add_page(CLI::App& app, std::string& page)
{
    add_file(app, "--report", page, "Also write charts and tables of it all into this HTML file, which opens by itself",
             "FILE.html");
}

}  // namespace plumbline::cli
