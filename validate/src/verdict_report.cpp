// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>
#include <utility>

#include "execution_order.hpp"
#include "json_parts.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "text_parts.hpp"

namespace plumbline::validate {
namespace {

std::string mark(bool within) { return within ? "" : "outside"; }

std::string label(const StepRow& row)
{
    return row.activity.kind == sim::Activity::Kind::compute ? row.name : copy_label(row.name);
}

Table access_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"memory", Align::left}, {"operand", Align::left}, {"direction", Align::left},
                {"predicted [words]"},   {"simulated [words]"},    {"deviation"},
                {"", Align::left}};
    for (const AccessRow& row : comparison.accesses) {
        table.add({subject.accelerator.memory(row.memory).name, letter(row.operand),
                   std::string{name_of(row.direction)}, words(row.accesses.predicted), words(row.accesses.simulated),
                   percent(row.accesses.deviation()), mark(row.within)});
    }
    return table;
}

std::string phase(const Both<Cycles>& both) { return cycles(both.predicted) + " / " + cycles(both.simulated); }

/// Layers and copies as they run, those outside tolerance first.
std::vector<StepRow> steps_outside_first(const Subject& subject, const Comparison& comparison)
{
    std::vector<StepRow> steps = comparison.layers;
    steps.insert(steps.end(), comparison.copies.begin(), comparison.copies.end());
    steps = in_execution_order(std::move(steps), layer_order(subject.schedule),
                               [](const StepRow& row) { return row.activity; });
    std::stable_partition(steps.begin(), steps.end(), [](const StepRow& row) { return !row.within; });
    return steps;
}

Table step_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"step", Align::left}, {"predicted [cycles]"}, {"simulated [cycles]"},
                {"deviation"},         {"", Align::left},      {"computing"},
                {"loading"},           {"offloading"}};
    for (const StepRow& row : steps_outside_first(subject, comparison)) {
        const bool layer = row.activity.kind == sim::Activity::Kind::compute;
        const Both<Cycles> all = row.cycles();
        table.add({label(row), cycles(all.predicted), cycles(all.simulated), percent(all.deviation()), mark(row.within),
                   layer ? phase(row.computing) : "", layer ? phase(row.loading) : "",
                   layer ? phase(row.offloading) : ""});
    }
    return table;
}

Table total_table(const Comparison& comparison)
{
    Table table{{"total", Align::left}, {"predicted"}, {"simulated"}, {"deviation"}};
    table.add({"energy [pJ]", picojoules(comparison.energy.predicted), picojoules(comparison.energy.simulated),
               percent(comparison.energy.deviation())});
    table.add({"latency [cycles]", cycles(comparison.latency.predicted), cycles(comparison.latency.simulated),
               percent(comparison.latency.deviation())});
    return table;
}

template <class Row>
std::int64_t outside(const std::vector<Row>& rows)
{
    return std::count_if(rows.begin(), rows.end(), [](const Row& row) { return !row.within; });
}

std::string conclusion(const Comparison& comparison, const Tolerances& tolerances)
{
    std::ostringstream out;
    out << "tolerances: accesses " << 100 * tolerances.accesses << " %, latency " << 100 * tolerances.latency << " %: ";
    if (comparison.within_tolerance) {
        out << "within\n";
        return out.str();
    }
    const double latency = comparison.latency.deviation();
    out << "OUTSIDE (" << outside(comparison.accesses) << " of " << comparison.accesses.size() << " access rows, "
        << outside(comparison.layers) << " of " << comparison.layers.size() << " layers, " << outside(comparison.copies)
        << " of " << comparison.copies.size() << " copies; total latency " << percent(latency) << ")\n";
    return out.str();
}

Json row_json(const Subject& subject, const AccessRow& row)
{
    return {{"memory", subject.accelerator.memory(row.memory).name},
            {"operand", letter(row.operand)},
            {"direction", name_of(row.direction)},
            {"predicted", row.accesses.predicted.count()},
            {"simulated", row.accesses.simulated.count()},
            {"deviation", finite(row.accesses.deviation())},
            {"within_tolerance", row.within}};
}

/// What layers and copies have in common.
void add_cycles(Json& json, const StepRow& row)
{
    const Both<Cycles> all = row.cycles();
    json["predicted_cycles"] = all.predicted.count();
    json["simulated_cycles"] = all.simulated.count();
    json["deviation"] = finite(all.deviation());
    json["within_tolerance"] = row.within;
}

Json layer_json(const StepRow& row)
{
    Json json{{"name", row.name}};
    add_cycles(json, row);
    json["phases"] = {
        {"computing", both(row.computing)}, {"loading", both(row.loading)}, {"offloading", both(row.offloading)}};
    return json;
}

Json copy_json(const StepRow& row)
{
    Json json{{"before_layer", row.activity.layer ? Json(row.name) : Json(nullptr)}};
    add_cycles(json, row);
    return json;
}

template <class T>
Json total_json(const Both<T>& total)
{
    Json json = both(total);
    json["deviation"] = finite(total.deviation());
    return json;
}

}  // namespace

std::string verdict_text(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances)
{
    std::ostringstream out;
    out << headline(subject) << '\n' << access_table(subject, comparison) << '\n';
    out << step_table(subject, comparison) << "phases: predicted / simulated [cycles]\n\n";
    out << total_table(comparison) << '\n' << conclusion(comparison, tolerances);
    return out.str();
}

std::string verdict_json(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances)
{
    Json json = header("validate", subject);
    json["tolerances"] = {{"accesses", tolerances.accesses}, {"latency", tolerances.latency}};
    json["within_tolerance"] = comparison.within_tolerance;
    json["energy_pj"] = total_json(comparison.energy);
    json["latency_cycles"] = total_json(comparison.latency);
    json["rows"] = Json::array();
    for (const AccessRow& row : comparison.accesses) json["rows"].push_back(row_json(subject, row));
    json["layers"] = Json::array();
    for (const StepRow& row : comparison.layers) json["layers"].push_back(layer_json(row));
    json["copies"] = Json::array();
    for (const StepRow& row : comparison.copies) json["copies"].push_back(copy_json(row));
    return printed(json);
}

}  // namespace plumbline::validate
