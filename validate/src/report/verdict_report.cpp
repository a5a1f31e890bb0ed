// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <utility>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/deviation_report.hpp"
#include "report/json_parts.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"
#include "report/verdict_tables.hpp"

namespace plumbline::validate {
namespace {

/// "predictions: other.csv"; nothing of what was run here.
std::string sources(const Comparison& comparison)
{
    std::string text;
    if (comparison.predicted_by.kind == Source::Kind::file)
        text += "predictions: " + comparison.predicted_by.name + '\n';
    if (comparison.simulated_by.kind == Source::Kind::file)
        text += "observations: " + comparison.simulated_by.name + '\n';
    return text;
}

/// A table and the empty line after it; nothing for a table without rows.
std::string paragraph(const Table& table, const std::string& note = {})
{
    if (table.empty()) return {};
    TextStream out;
    out << table << note << '\n';
    return out.str();
}

Json row_json(const Subject& subject, const AccessRow& row)
{
    Json json = border_json(subject.accelerator, border_of(row));
    json["predicted"] = row.accesses.predicted.count();
    json["simulated"] = row.accesses.simulated.count();
    json["deviation"] = finite(row.accesses.deviation());
    json["within_tolerance"] = row.within;
    return json;
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
    if (row.phased) {
        json["phases"] = {
            {"computing", both(row.computing)}, {"loading", both(row.loading)}, {"offloading", both(row.offloading)}};
    } else {
        json["phases"] = nullptr;
    }
    return json;
}

Json copy_json(const StepRow& row)
{
    Json json{{"before_layer", row.activity.layer ? Json(row.name) : Json(nullptr)}};
    add_cycles(json, row);
    return json;
}

template <class T>
Json total_json(const std::optional<Both<T>>& total)
{
    if (!total) return nullptr;
    Json json = both(*total);
    json["deviation"] = finite(total->deviation());
    return json;
}

Json run_times_json(sim::Period period, const Comparison& comparison)
{
    const auto& energy = comparison.energy;
    const auto side = [&](Cycles cycles, std::optional<Picojoules> spent) { return time_json(period, cycles, spent); };
    return {
        {"period_fs", period.femtoseconds},
        {"predicted", side(comparison.latency->predicted, energy ? std::optional{energy->predicted} : std::nullopt)},
        {"simulated", side(comparison.latency->simulated, energy ? std::optional{energy->simulated} : std::nullopt)}};
}

Json port_row_json(const Subject& subject, const PortRow& row)
{
    Json json = port_json(subject.accelerator, row.memory, row.port);
    json["predicted_busy_cycles"] = row.busy.predicted.count();
    json["simulated_busy_cycles"] = row.busy.simulated.count();
    json["deviation"] = finite(row.busy.deviation());
    json["within_tolerance"] = row.within;
    return json;
}

Json source_json(const Source& source)
{
    switch (source.kind) {
        case Source::Kind::model: return {{"kind", "model"}, {"name", source.name}};
        case Source::Kind::machine: return {{"kind", "machine"}, {"name", source.name}};
        case Source::Kind::file: return {{"kind", "file"}, {"name", source.name}};
    }
    return nullptr;
}

Json one_sided_json(const OneSided& row)
{
    return {{"side", row.side == OneSided::Side::predicted ? "predicted" : "simulated"},
            {"quantity", row.what},
            {"value", row.value},
            {"unit", row.unit}};
}

}  // namespace

std::string verdict_text(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances,
                         const DeviationCauses* why)
{
    TextStream out;
    out << headline(subject) << sources(comparison) << '\n' << paragraph(access_table(subject, comparison));
    out << paragraph(step_table(subject, comparison),
                     "phases: predicted / " + simulated_name(comparison) + " [cycles]\n");
    if (why != nullptr) out << deviation_causes_text(subject, *why);
    out << paragraph(port_table(subject, comparison));
    out << paragraph(one_sided_table(comparison));
    out << paragraph(total_table(subject, comparison)) << conclusion(comparison, tolerances);
    return out.str();
}

std::string verdict_json(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances,
                         const DeviationCauses* why)
{
    Json json = header("validate", subject);
    json["sources"] = {{"predicted", source_json(comparison.predicted_by)},
                       {"simulated", source_json(comparison.simulated_by)}};
    json["tolerances"] = {{"accesses", tolerances.accesses}, {"latency", tolerances.latency}};
    json["within_tolerance"] = comparison.within_tolerance;
    json["in_profile"] = !comparison.fitted_as.empty();
    json["energy_pj"] = total_json(comparison.energy);
    json["latency_cycles"] = total_json(comparison.latency);
    if (subject.period && comparison.latency) json["time"] = run_times_json(*subject.period, comparison);
    json["rows"] = Json::array();
    for (const AccessRow& row : comparison.accesses) json["rows"].push_back(row_json(subject, row));
    json["layers"] = Json::array();
    for (const StepRow& row : comparison.layers) json["layers"].push_back(layer_json(row));
    json["copies"] = Json::array();
    for (const StepRow& row : comparison.copies) json["copies"].push_back(copy_json(row));
    json["ports"] = Json::array();
    for (const PortRow& row : comparison.ports) json["ports"].push_back(port_row_json(subject, row));
    json["one_sided"] = Json::array();
    for (const OneSided& row : comparison.one_sided) json["one_sided"].push_back(one_sided_json(row));
    if (why != nullptr) json["attribution"] = deviation_causes_json(subject, *why);
    return printed(json);
}

}  // namespace plumbline::validate
