// SPDX-License-Identifier: Apache-2.0
#include "report/deviation_report.hpp"

#include <algorithm>
#include <utility>

#include "measurement/step_labels.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"
#include "report/stall_report.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

std::string with_sign(double value, int decimals) { return (value > 0 ? "+" : "") + grouped(value, decimals); }

std::vector<std::string> cells(const std::string& name, const CycleParts& parts)
{
    std::vector<std::string> cells{name, with_sign(static_cast<double>(parts.sum().count()), 0)};
    for (std::size_t i = 0; i < CycleParts::kCount; ++i) {
        const auto cycles = static_cast<double>(parts[CycleParts::key(i)].count());
        cells.push_back(cycles == 0 ? "" : with_sign(cycles, 0));
    }
    return cells;
}

/// "first_partial_sum".
template <class Key>
std::string json_key(Key key)
{
    std::string name{name_of(key)};
    std::replace(name.begin(), name.end(), ' ', '_');
    return name;
}

template <class T, class Key>
Json parts_json(const Parts<T, Key>& parts)
{
    Json json = Json::object();
    for (std::size_t i = 0; i < parts.kCount; ++i) json[json_key(parts.key(i))] = parts[parts.key(i)].count();
    return json;
}

Json explained_json(const Explained& explained)
{
    return {{"magnitude", explained.all}, {"other", explained.other}, {"named_share", explained.named_share()}};
}

Json access_json(const Subject& subject, const AccessDeviation& row)
{
    Json json = border_json(subject.accelerator, border_of(row));
    json["difference"] = (row.accesses.predicted - row.accesses.simulated).count();
    json["causes"] = parts_json(row.parts);
    json["layers"] = Json::array();
    for (const LayerAccesses& layer : row.layers)
        json["layers"].push_back(
            {{"name", subject.workload.layer(layer.layer).name}, {"causes", parts_json(layer.parts)}});
    return json;
}

Json step_json(const Subject& subject, const StepDeviation& step)
{
    const bool layer = step.activity.kind == sim::Activity::Kind::compute;
    Json json{{"step", layer ? "compute" : "copy"}};
    json["layer"] = step.activity.layer ? Json(step.name) : Json(nullptr);
    json["difference"] = step.parts.sum().count();
    json["phases"] = parts_json(step.parts);
    json["stalls"] = waits_json(subject, step.stalls);
    return json;
}

}  // namespace

Table access_cause_table(const Accelerator& accelerator, const DeviationCauses& causes)
{
    Table table{{"memory", Align::left}, {"operand", Align::left},          {"direction", Align::left},
                {"cause", Align::left},  {"predicted - simulated [words]"}, {"of simulated"}};
    for (const AccessDeviation& row : causes.accesses)
        for (std::size_t i = 0; i < AccessParts::kCount; ++i) {
            const Cause cause = AccessParts::key(i);
            const double words = row.parts[cause].count();
            if (words == 0) continue;
            const double all = row.accesses.simulated.count();
            table.add({accelerator.memory(row.memory).name, letter(row.operand), std::string{name_of(row.direction)},
                       std::string{name_of(cause)}, with_sign(words, 1), percent(deviation(all + words, all))});
        }
    return table;
}

Table step_phase_table(const DeviationCauses& causes)
{
    Table table{{"step", Align::left},
                {"predicted - simulated [cycles]"},
                {"computing"},
                {"stall"},
                {"loading"},
                {"offloading"},
                {"copying"},
                {"overlap"},
                {"other"}};
    for (const StepDeviation& step : causes.steps) table.add(cells(step_label(step.activity, step.name), step.parts));
    if (!table.empty()) table.add_rule();
    const CycleParts none;
    if (!(causes.run == none)) table.add(cells("the run", causes.run));
    return table;
}

Table stall_cause_table(const Accelerator& accelerator, const DeviationCauses& causes)
{
    Table table{{"step", Align::left}, {"the machine stalls for", Align::left}, {"[cycles]"}};
    for (const StepDeviation& step : causes.steps) {
        if (step.parts[Phase::stall] == Cycles{}) continue;
        for (const sim::ArrayWait& stall : step.stalls)
            table.add(
                {step_label(step.activity, step.name), in_words(accelerator, stall), grouped(stall.cycles.count())});
    }
    return table;
}

std::string explained_text(const char* what, const Explained& explained, const char* unit, int decimals)
{
    TextStream out;
    out << what << ": " << grouped(100 * explained.named_share(), 2) << " % of what deviates ("
        << grouped(explained.all, decimals) << ' ' << unit
        << ") has a name; other: " << grouped(explained.other, decimals) << ' ' << unit << '\n';
    return out.str();
}

std::string deviation_causes_text(const Subject& subject, const DeviationCauses& causes)
{
    TextStream out;
    if (const Table table = access_cause_table(subject.accelerator, causes); !table.empty())
        out << table << explained_text("accesses", explained_accesses(causes), "words", 1) << '\n';
    if (const Table table = step_phase_table(causes); !table.empty())
        out << table << explained_text("cycles", explained_cycles(causes), "cycles", 0) << '\n';
    if (const Table table = stall_cause_table(subject.accelerator, causes); !table.empty()) out << table << '\n';
    return out.str();
}

Json deviation_causes_json(const Subject& subject, const DeviationCauses& causes)
{
    Json json;
    json["accesses"] = {{"explained", explained_json(explained_accesses(causes))}, {"rows", Json::array()}};
    for (const AccessDeviation& row : causes.accesses) json["accesses"]["rows"].push_back(access_json(subject, row));
    json["cycles"] = {{"explained", explained_json(explained_cycles(causes))}, {"steps", Json::array()}};
    for (const StepDeviation& step : causes.steps) json["cycles"]["steps"].push_back(step_json(subject, step));
    json["cycles"]["run"] = parts_json(causes.run);
    return json;
}

}  // namespace plumbline::validate
