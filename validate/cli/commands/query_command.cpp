// SPDX-License-Identifier: Apache-2.0
#include "commands/query_command.hpp"

#include <cmath>
#include <functional>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

#include "execution/output_file.hpp"
#include "inputs/lists.hpp"
#include "options/flags.hpp"
#include "plumbline/validate/table.hpp"
#include "sweep/explore_store.hpp"
#include "sweep/point_query.hpp"

namespace plumbline::cli {
namespace {

using Write = std::function<void(std::string_view)>;

bool is_whole(std::size_t column)
{
    static const std::size_t latency = point_column("latency_cycles");
    static const std::size_t last = point_column("macs");
    return column == point_column("tile_x") || column == point_column("tile_y") ||
           (column >= latency && column <= last);
}

bool is_energy(std::size_t column)
{
    return column >= point_column("energy_pj") && column <= point_column("mac_energy_pj");
}

/// Numbers to the last bit; null where the point has none.
nlohmann::ordered_json value(const PointRows& rows, std::size_t column)
{
    if (!rows.has(column)) return nullptr;
    if (is_energy(column)) return rows.number(column);
    if (is_whole(column)) return rows.integer(column);
    const std::string text = rows.text(column);
    if (column != point_column("cuts")) return text;
    auto cuts = nlohmann::ordered_json::array();
    for (const std::string& layer : split(text, ' ')) cuts.push_back(std::stoll(layer));
    return cuts;
}

/// RFC 4180.
std::string field(const PointRows& rows, std::size_t column)
{
    std::string text = rows.text(column);
    if (is_energy(column)) return rows.has(column) ? value(rows, column).dump() : std::string{};
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (char c : text) quoted += c == '"' ? std::string{"\"\""} : std::string{c};
    return quoted + '"';
}

void write_csv(PointRows& rows, const Write& write)
{
    std::string line;
    for (std::string_view each : kPointColumns) line += (line.empty() ? "" : ",") + std::string{each};
    write(line + '\n');
    while (rows.next()) {
        line.clear();
        for (std::size_t column = 0; column < kPointColumns.size(); ++column)
            line += (column == 0 ? "" : ",") + field(rows, column);
        write(line + '\n');
    }
}

void write_json(PointRows& rows, const Write& write)
{
    write("{\n  \"schema\": \"plumbline/query/1\",\n  \"points\": [");
    for (bool first = true; rows.next(); first = false) {
        nlohmann::ordered_json point;
        for (std::size_t column = 0; column < kPointColumns.size(); ++column)
            if (rows.has(column)) point[std::string{kPointColumns[column]}] = value(rows, column);
        write((first ? "\n    " : ",\n    ") + point.dump());
    }
    write("\n  ]\n}\n");
}

void write_table(PointRows& rows, const Write& write)
{
    using validate::Align;
    validate::Table table{{"network", Align::left},   {"mode", Align::left}, {"tile"},
                          {"cuts", Align::left},      {"energy [pJ]"},       {"latency [cycles]"},
                          {"infeasible", Align::left}};
    const auto text = [&](std::string_view name) { return rows.text(point_column(name)); };
    while (rows.next()) {
        const bool feasible = !rows.has(point_column("infeasible"));
        const std::int64_t energy = std::lround(rows.number(point_column("energy_pj")));
        table.add({text("workload") + " on " + text("accelerator"), text("mode"), text("tile_x") + 'x' + text("tile_y"),
                   text("cut_rule"), feasible ? validate::grouped(energy) : "",
                   feasible ? validate::grouped(rows.integer(point_column("latency_cycles"))) : "",
                   text("infeasible")});
    }
    std::ostringstream out;
    out << table;
    write(out.str());
}

void write_rows(PointRows& rows, Format format, const Write& write)
{
    switch (format) {
        case Format::table: return write_table(rows, write);
        case Format::json: return write_json(rows, write);
        case Format::csv: return write_csv(rows, write);
    }
}

}  // namespace

void add(CLI::App& app, QueryArguments& arguments)
{
    app.add_option("store", arguments.store, "What `explore --store` filled")->required()->type_name("STORE");
    app.add_option("--where", arguments.where,
                   "Points that meet this condition (SQL on the columns of the report in CSV)")
        ->type_name("CONDITION");
    app.add_flag("--front", arguments.front, "Of these the Pareto front of energy and latency alone");
    add_choice(app, "--sort", arguments.sort, {Objective::energy, Objective::latency, Objective::edp}, objective_named,
               "What is smallest in the first row");
    add_non_negative(app, "--top", arguments.top, "Rows (0: all)")->capture_default_str();
    add_report(app, arguments.report, {Format::table, Format::json, Format::csv});
}

ExitCode query(const Context& context, const QueryArguments& arguments)
{
    check_outputs({arguments.report.file});
    const Database store = read_store(arguments.store);
    PointRows rows{store, {arguments.where, arguments.front, arguments.sort, arguments.top}};
    std::optional<OutputFile> file;
    if (!arguments.report.file.empty()) file.emplace(arguments.report.file);
    write_rows(rows, arguments.report.format, [&](std::string_view text) {
        if (file)
            file->write(text);
        else
            context.out << text;
    });
    if (file) file->commit();
    context.out << std::flush;
    return ExitCode::done;
}

}  // namespace plumbline::cli
