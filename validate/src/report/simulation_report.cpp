// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <utility>

#include "measurement/border.hpp"
#include "measurement/execution_order.hpp"
#include "measurement/step_labels.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/energy.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"
#include "report/stall_report.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

using sim::Activity;

struct Moved {
    std::int64_t granules = 0;
    Accesses words{};
    Bits bits{};
};
using Borders = std::map<Border, Moved>;

/// Of one activity, or of all.
Borders borders(const sim::Counters& counters, const Activity* activity = nullptr)
{
    Borders sums;
    for (const sim::Traffic& traffic : counters.traffic) {
        if (activity != nullptr && !(traffic.activity == *activity)) continue;
        Moved& sum = sums[border_of(traffic)];
        sum.granules += traffic.granules;
        sum.words += traffic.words;
        sum.bits += traffic.bits;
    }
    return sums;
}

Picojoules energy_of(const Subject& subject, const sim::Counters& counters, const sim::ActivityTime& time)
{
    return memory_energy(subject.accelerator, counters, time.activity) + mac_energy(subject.accelerator, time.macs);
}

std::vector<sim::ActivityTime> times_in_order(const Subject& subject, const sim::Counters& counters)
{
    return in_execution_order(counters.times, layer_order(subject.schedule),
                              [](const sim::ActivityTime& time) { return time.activity; });
}

Table step_table(const Subject& subject, const sim::Counters& counters)
{
    Table table{{"step", Align::left}, {"MACs"},    {"energy [pJ]"}, {"time [cycles]"},
                {"computing"},         {"loading"}, {"offloading"}};
    for (const sim::ActivityTime& time : times_in_order(subject, counters)) {
        const std::string energy = picojoules(energy_of(subject, counters, time));
        const std::string name = step_label(subject.workload, time.activity);
        if (time.activity.kind == Activity::Kind::copy) {
            table.add({name, "", energy, cycles(time.cycles), "", "", ""});
            continue;
        }
        table.add({name, grouped(time.macs), energy, cycles(time.cycles),
                   cycles(time.cycles - time.loading - time.offloading), cycles(time.loading),
                   cycles(time.offloading)});
    }
    table.add_rule();
    table.add({"total", grouped(counters.macs()), picojoules(energy(subject.accelerator, counters)),
               cycles(counters.cycles), "", "", ""});
    return table;
}

std::vector<Column> border_columns()
{
    return {{"memory", Align::left},
            {"port", Align::left},
            {"operand", Align::left},
            {"direction", Align::left},
            {"words"},
            {"granules"},
            {"data [bit]"}};
}

std::vector<std::string> border_row(const Accelerator& accelerator, const Border& border, const Moved& moved)
{
    const auto [memory, operand, direction] = border;
    return {accelerator.memory(memory).name,
            accelerator.port(memory, operand, direction).name,
            letter(operand),
            std::string{name_of(direction)},
            words(moved.words),
            grouped(moved.granules),
            grouped(moved.bits.count())};
}

Table border_table(const Subject& subject, const sim::Counters& counters)
{
    Table table{border_columns()};
    for (const auto& [border, moved] : borders(counters)) table.add(border_row(subject.accelerator, border, moved));
    return table;
}

Table border_table_by_step(const Subject& subject, const sim::Counters& counters)
{
    std::vector<Column> columns = border_columns();
    columns.insert(columns.begin(), {"step", Align::left});
    Table table{std::move(columns)};
    for (const sim::ActivityTime& time : times_in_order(subject, counters)) {
        for (const auto& [border, moved] : borders(counters, &time.activity)) {
            std::vector<std::string> row = border_row(subject.accelerator, border, moved);
            row.insert(row.begin(), step_label(subject.workload, time.activity));
            table.add(std::move(row));
        }
    }
    return table;
}

/// With the words under this key.
Json rows_json(const Subject& subject, const Borders& borders, const char* words_key)
{
    Json rows = Json::array();
    for (const auto& [border, moved] : borders) {
        Json row = border_json(subject.accelerator, border);
        row[words_key] = moved.words.count();
        row["granules"] = moved.granules;
        row["bits"] = moved.bits.count();
        row["port"] = subject.accelerator.port(border.memory, border.operand, border.direction).name;
        rows.push_back(std::move(row));
    }
    return rows;
}

Json traffic_json(const Subject& subject, const sim::Counters& counters, const Activity& activity)
{
    return rows_json(subject, borders(counters, &activity), "words");
}

/// Words of one activity, in the shape of `evaluate`.
Json memories_json(const Subject& subject, const sim::Counters& counters, const Activity& activity)
{
    std::map<std::pair<MemoryId, MemoryOperand>, PerDirection<Accesses>> sums;  // from the MACs up
    for (const sim::Traffic& traffic : counters.traffic) {
        if (traffic.activity == activity) sums[{traffic.memory, traffic.operand}][traffic.direction] += traffic.words;
    }
    Json memories = Json::array();
    for (const auto& [place, accesses] : sums) {
        memories.push_back(place_json(subject.accelerator, {place.second, place.first}, accesses));
    }
    return memories;
}

Json layer_json(const Subject& subject, const sim::Counters& counters, const sim::ActivityTime& time)
{
    return {{"name", layer_name(subject.workload, time.activity.layer)},
            {"simulated_cycles", time.cycles.count()},
            {"macs", time.macs},
            {"energy_pj", energy_of(subject, counters, time).count()},
            {"mac_energy_pj", mac_energy(subject.accelerator, time.macs).count()},
            {"loading_cycles", time.loading.count()},
            {"offloading_cycles", time.offloading.count()},
            {"memories", memories_json(subject, counters, time.activity)},
            {"traffic", traffic_json(subject, counters, time.activity)}};
}

/// Where the time of an activity went, if that is known.
void add_use(Json& json, const Subject& subject, const sim::Counters& counters, const Activity& activity)
{
    for (const sim::ActivityUse& use : counters.uses) {
        if (!(use.activity == activity)) continue;
        json["mac_array"] = array_json(subject, use.array);
        json["ports"] = ports_json(subject, use.ports);
    }
}

Json copy_json(const Subject& subject, const sim::Counters& counters, const sim::ActivityTime& time)
{
    return {{"before_layer", layer_name(subject.workload, time.activity.layer)},
            {"simulated_cycles", time.cycles.count()},
            {"energy_pj", energy_of(subject, counters, time).count()},
            {"traffic", traffic_json(subject, counters, time.activity)}};
}

Json agreement_json(const Agreement& agreement)
{
    Json json{{"equal", agreement.equal()}, {"layer", agreement.layer}};
    if (const auto& first = agreement.difference) {
        json["differences"] = first->count;
        json["first"] = {{"channel", first->channel},
                         {"row", first->row},
                         {"column", first->column},
                         {"expected", first->expected},
                         {"computed", first->computed}};
    }
    return json;
}

/// The first output that differs speaks for all; the first one where none does.
Json functional_json(const std::vector<Agreement>& outputs)
{
    const auto differs = std::find_if(outputs.begin(), outputs.end(), [](const auto& each) { return !each.equal(); });
    Json json = agreement_json(differs == outputs.end() ? outputs.front() : *differs);
    if (outputs.size() == 1) return json;
    for (const Agreement& each : outputs) json["outputs"].push_back(agreement_json(each));
    return json;
}

std::string agreement_text(const Agreement& agreement)
{
    if (agreement.equal()) return "output of " + agreement.layer + " equals the reference bit for bit\n";
    const Difference& first = *agreement.difference;
    return "output of " + agreement.layer + " DIFFERS from the reference in " + grouped(first.count) +
           " features, first in channel " + std::to_string(first.channel) + ", row " + std::to_string(first.row) +
           ", column " + std::to_string(first.column) + ": " + std::to_string(first.computed) + ", expected " +
           std::to_string(first.expected) + '\n';
}

}  // namespace

std::string simulation_text(const Subject& subject, const sim::Counters& counters, Detail detail,
                            const std::vector<Agreement>& functional)
{
    TextStream out;
    out << headline(subject) << '\n'
        << step_table(subject, counters) << time_line(subject, counters.cycles, energy(subject.accelerator, counters))
        << '\n'
        << border_table(subject, counters) << '\n';
    if (detail == Detail::by_step) out << border_table_by_step(subject, counters) << '\n';
    out << port_table(subject, counters) << '\n';
    if (!counters.uses.empty()) out << array_table(subject, counters) << '\n';
    if (!counters.peak_held.empty()) out << memory_table(subject, counters) << '\n';
    out << findings_text(subject, counters) << "output elements written off-chip: " << grouped(counters.outputs)
        << '\n';
    for (const Agreement& output : functional) out << agreement_text(output);
    return out.str();
}

std::string simulation_json(const Subject& subject, const sim::Counters& counters,
                            const std::vector<Agreement>& functional)
{
    Json json = header("simulate", subject);
    json["energy_pj"] = {{"simulated", energy(subject.accelerator, counters).count()}};
    json["latency_cycles"] = {{"simulated", counters.cycles.count()}};
    if (subject.period)
        json["time"] = {
            {"period_fs", subject.period->femtoseconds},
            {"simulated", time_json(*subject.period, counters.cycles, energy(subject.accelerator, counters))}};
    json["macs"] = counters.macs();
    json["outputs"] = counters.outputs;
    json["rows"] = rows_json(subject, borders(counters), "simulated");
    json["layers"] = Json::array();
    json["copies"] = Json::array();
    for (const sim::ActivityTime& time : times_in_order(subject, counters)) {
        const bool computes = time.activity.kind == Activity::Kind::compute;
        Json step = computes ? layer_json(subject, counters, time) : copy_json(subject, counters, time);
        add_use(step, subject, counters, time.activity);
        json[computes ? "layers" : "copies"].push_back(std::move(step));
    }
    json["ports"] = ports_json(subject, counters.ports);
    json["mac_array"] = array_json(subject, counters.array);
    json["memories"] = memory_space_json(subject, counters);
    json["findings"] = findings_json(subject, counters);
    if (!functional.empty()) json["functional"] = functional_json(functional);
    return printed(json);
}

}  // namespace plumbline::validate
