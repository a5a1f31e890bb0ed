// SPDX-License-Identifier: Apache-2.0
#include "report/stall_report.hpp"

#include <algorithm>
#include <set>

#include "measurement/execution_order.hpp"
#include "measurement/step_labels.hpp"
#include "plumbline/text_stream.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

using sim::WaitCause;

std::string share(Cycles part, Cycles all) { return all == Cycles{} ? "" : grouped(100 * (part / all), 1); }

template <class Waits>
const auto* longest(const Waits& waits)
{
    const auto most =
        std::max_element(waits.begin(), waits.end(), [](const auto& a, const auto& b) { return a.cycles < b.cycles; });
    return most == waits.end() ? nullptr : &*most;
}

/// "other_end sram r_port_1 (97 %)"
std::string main_cause(const Accelerator& accelerator, const sim::PortActivity& port)
{
    const sim::PortStall* most = longest(port.stalls);
    if (most == nullptr || most->cycles == Cycles{}) return "";
    return std::string{name_of(most->cause)} + ' ' + port_name(accelerator, most->memory, most->port) + " (" +
           grouped(100 * (most->cycles / port.stalled), 0) + " %)";
}

std::string main_stall(const Accelerator& accelerator, const sim::ArrayActivity& array)
{
    std::vector<sim::ArrayWait> stalls;
    for (const sim::ArrayWait& wait : array.waits) {
        if (is_stall(wait.cause)) stalls.push_back(wait);
    }
    const sim::ArrayWait* most = longest(stalls);
    return most == nullptr ? "" : in_words(accelerator, *most);
}

std::vector<std::string> array_row(const Accelerator& accelerator, const std::string& name,
                                   const sim::ArrayActivity& array, const std::set<WaitCause>& causes)
{
    std::vector<std::string> row{name, cycles(array.busy)};
    for (WaitCause cause : causes) {
        Cycles sum{};
        for (const sim::ArrayWait& wait : array.waits) sum += wait.cause == cause ? wait.cycles : Cycles{};
        row.push_back(cycles(sum));
    }
    row.push_back(share(array.busy, array.busy + array.stalled + array.idle));
    row.push_back(main_stall(accelerator, array));
    return row;
}

}  // namespace

std::string in_words(const Accelerator& accelerator, const sim::ArrayWait& wait)
{
    std::string text{name_of(wait.cause)};
    if (wait.operand) text += ": " + letter(*wait.operand) + " in " + accelerator.memory(*wait.memory).name;
    if (wait.port) text += ": " + port_name(accelerator, *wait.memory, *wait.port);
    return text;
}

Table port_table(const Subject& subject, const sim::Counters& counters)
{
    Table table{{"memory", Align::left}, {"port", Align::left}, {"busy [cycles]"}, {"stalled [cycles]"},
                {"idle [cycles]"},       {"busy [%]"},          {"stalled [%]"},   {"mostly for", Align::left}};
    for (const sim::PortActivity& port : counters.ports) {
        const Memory& memory = subject.accelerator.memory(port.memory);
        const Cycles all = port.busy + port.stalled + port.idle;
        table.add({memory.name, memory.ports.at(port.port).name, cycles(port.busy), cycles(port.stalled),
                   cycles(port.idle), share(port.busy, all), share(port.stalled, all),
                   main_cause(subject.accelerator, port)});
    }
    return table;
}

Table array_table(const Subject& subject, const sim::Counters& counters)
{
    std::set<WaitCause> causes;
    for (const sim::ArrayWait& wait : counters.array.waits) causes.insert(wait.cause);
    std::vector<Column> columns{{"MAC array [cycles]", Align::left}, {"busy"}};
    for (WaitCause cause : causes) columns.push_back({std::string{name_of(cause)}});
    columns.push_back({"busy [%]"});
    columns.push_back({"stalled mostly for", Align::left});
    Table table{columns};
    const auto uses = in_execution_order(counters.uses, layer_order(subject.schedule),
                                         [](const sim::ActivityUse& use) { return use.activity; });
    for (const sim::ActivityUse& use : uses) {
        table.add(array_row(subject.accelerator, step_label(subject.workload, use.activity), use.array, causes));
    }
    table.add_rule();
    table.add(array_row(subject.accelerator, "total", counters.array, causes));
    return table;
}

Table memory_table(const Subject& subject, const sim::Counters& counters)
{
    Table table{{"memory", Align::left}, {"size [bit]"}, {"most held [bit]"}, {"most held [%]"}};
    for (MemoryId id = 0; id < counters.peak_held.size(); ++id) {
        const Memory& memory = subject.accelerator.memory(id);
        table.add({memory.name, grouped(memory.size.count()), grouped(counters.peak_held[id].count()),
                   grouped(100 * (counters.peak_held[id] / memory.size), 1)});
    }
    return table;
}

std::string findings_text(const Subject& subject, const sim::Counters& counters)
{
    TextStream out;
    for (const sim::Overcommitment& each : counters.findings.overcommitments) {
        out << subject.accelerator.memory(each.memory).name << " is too small for "
            << step_label(subject.workload, each.activity) << " (stack " << each.stack << ", tile class "
            << each.tile_class << "): " << grouped(each.needed.count()) << " of " << grouped(each.size.count())
            << " bit\n";
    }
    for (const sim::AbsentRead& each : counters.findings.absent) {
        out << subject.workload.layer(each.layer).name << " (stack " << each.stack << ", tile column " << each.column
            << ", row " << each.row << ") reads what is not in " << subject.accelerator.memory(each.memory).name
            << '\n';
    }
    return out.str();
}

Json ports_json(const Subject& subject, const std::vector<sim::PortActivity>& ports)
{
    Json rows = Json::array();
    for (const sim::PortActivity& port : ports) {
        Json row = port_json(subject.accelerator, port.memory, port.port);
        row["busy_cycles"] = port.busy.count();
        row["stalled_cycles"] = port.stalled.count();
        row["idle_cycles"] = port.idle.count();
        row["stalls"] = Json::array();
        for (const sim::PortStall& stall : port.stalls) {
            Json cause{{"cause", name_of(stall.cause)}};
            cause.update(port_json(subject.accelerator, stall.memory, stall.port));
            cause["cycles"] = stall.cycles.count();
            row["stalls"].push_back(std::move(cause));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

Json array_json(const Subject& subject, const sim::ArrayActivity& array)
{
    return {{"busy_cycles", array.busy.count()},
            {"stalled_cycles", array.stalled.count()},
            {"idle_cycles", array.idle.count()},
            {"waits", waits_json(subject, array.waits)}};
}

Json waits_json(const Subject& subject, const std::vector<sim::ArrayWait>& waits)
{
    Json rows = Json::array();
    for (const sim::ArrayWait& wait : waits) {
        Json row{{"cause", name_of(wait.cause)}};
        if (wait.memory) row["memory"] = subject.accelerator.memory(*wait.memory).name;
        if (wait.operand) row["operand"] = letter(*wait.operand);
        if (wait.port) row["port"] = subject.accelerator.memory(*wait.memory).ports.at(*wait.port).name;
        row["cycles"] = wait.cycles.count();
        rows.push_back(std::move(row));
    }
    return rows;
}

Json memory_space_json(const Subject& subject, const sim::Counters& counters)
{
    Json rows = Json::array();
    for (MemoryId id = 0; id < counters.peak_held.size(); ++id) {
        const Memory& memory = subject.accelerator.memory(id);
        rows.push_back({{"memory", memory.name},
                        {"size_bits", memory.size.count()},
                        {"peak_held_bits", counters.peak_held[id].count()}});
    }
    return rows;
}

Json findings_json(const Subject& subject, const sim::Counters& counters)
{
    Json json{{"overcommitments", Json::array()}, {"absent_reads", Json::array()}};
    for (const sim::Overcommitment& each : counters.findings.overcommitments) {
        json["overcommitments"].push_back({{"memory", subject.accelerator.memory(each.memory).name},
                                           {"step", step_label(subject.workload, each.activity)},
                                           {"stack", each.stack},
                                           {"tile_class", each.tile_class},
                                           {"needed_bits", each.needed.count()},
                                           {"size_bits", each.size.count()}});
    }
    for (const sim::AbsentRead& each : counters.findings.absent) {
        json["absent_reads"].push_back({{"memory", subject.accelerator.memory(each.memory).name},
                                        {"layer", subject.workload.layer(each.layer).name},
                                        {"stack", each.stack},
                                        {"column", each.column},
                                        {"row", each.row}});
    }
    return json;
}

}  // namespace plumbline::validate
