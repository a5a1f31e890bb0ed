// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/capacity_report.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "plumbline/sim/capacity_check.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {
namespace {

/// Cells of a row beyond those that name the schedule.
struct Cells {
    std::string memory = {};
    std::string step = {};
    std::string tile = {};
    std::string needed = {};
    std::string size = {};
    std::string over = {};
};

Cells cells_of(const OvercommittedMemory& over)
{
    const auto needed = static_cast<double>(over.needed.count());
    return {over.memory,
            over.step,
            over.tile,
            grouped(over.needed.count()),
            grouped(over.size.count()),
            percent(needed / static_cast<double>(over.size.count()) - 1)};
}

/// What keeps a schedule from running, a row each.
std::vector<Cells> rows_of(const CapacityCheck& check)
{
    std::vector<Cells> rows;
    if (!check.infeasible.empty()) rows.push_back({{}, "infeasible: " + check.infeasible});
    if (!check.refused.empty()) rows.push_back({{}, check.refused});
    for (const OvercommittedMemory& over : check.over) rows.push_back(cells_of(over));
    if (check.absent > 0) rows.push_back({{}, counted(check.absent, "read") + " of what was not copied there"});
    return rows;
}

Table table_of(const std::vector<CapacityCheck>& checks)
{
    Table table{{"accelerator", Align::left},
                {"network", Align::left},
                {"tile"},
                {"mode", Align::left},
                {"memory", Align::left},
                {"step", Align::left},
                {"column, row", Align::left},
                {"needed [bit]"},
                {"size [bit]"},
                {"over"}};
    for (const CapacityCheck& check : checks)
        for (const Cells& cells : rows_of(check))
            table.add({check.accelerator, check.workload, name_of(check.tile), std::string{name_of(check.mode)},
                       cells.memory, cells.step, cells.tile, cells.needed, cells.size, cells.over});
    return table;
}

Json json_of(const CapacityCheck& check)
{
    Json json{{"accelerator", check.accelerator},     {"workload", check.workload},
              {"tile", {check.tile.x, check.tile.y}}, {"mode", std::string{name_of(check.mode)}},
              {"absent_reads", check.absent},         {"over", Json::array()}};
    if (!check.infeasible.empty()) json["infeasible"] = check.infeasible;
    if (!check.refused.empty()) json["refused"] = check.refused;
    for (const OvercommittedMemory& over : check.over)
        json["over"].push_back({{"memory", over.memory},
                                {"step", over.step},
                                {"tile", over.tile},
                                {"needed_bits", over.needed.count()},
                                {"size_bits", over.size.count()}});
    return json;
}

}  // namespace

void note(CapacityCheck& check, const sim::Findings& findings, const Accelerator& accelerator, const Workload& workload,
          const Schedule& schedule)
{
    std::map<MemoryId, sim::Overcommitment> worst;
    for (const sim::Overcommitment& each : findings.overcommitments) {
        const auto [known, is_new] = worst.emplace(each.memory, each);
        if (!is_new && each.needed > known->second.needed) known->second = each;
    }
    for (const auto& [memory, each] : worst) {
        const TileClass& tile = schedule.stacks[each.stack].classes[each.tile_class];
        std::string place{name_of(tile.column)};
        place.append(", ").append(name_of(tile.row));
        check.over.push_back({accelerator.memory(memory).name, text_of(each.activity, workload), std::move(place),
                              each.needed, each.size});
    }
    check.absent = findings.absent.size();
}

std::string capacity_text(const std::vector<CapacityCheck>& checks)
{
    const auto count = [&](auto condition) {
        return static_cast<std::size_t>(std::count_if(checks.begin(), checks.end(), condition));
    };
    const std::size_t fitting = count([](const CapacityCheck& check) { return check.fits(); });
    const std::size_t infeasible = count([](const CapacityCheck& check) { return !check.infeasible.empty(); });
    const Table table = table_of(checks);
    TextStream out;
    if (!table.empty()) out << table << '\n';
    out << fitting << " of " << counted(checks.size() - infeasible, "schedule") << " fit";
    if (infeasible > 0) out << "; " << infeasible << " infeasible";
    out << '\n';
    return out.str();
}

std::string capacity_json(const std::vector<CapacityCheck>& checks)
{
    Json schedules = Json::array();
    for (const CapacityCheck& check : checks) schedules.push_back(json_of(check));
    return Json{{"schema", "plumbline/capacity/1"}, {"schedules", schedules}}.dump(2) + '\n';
}

}  // namespace plumbline::validate
