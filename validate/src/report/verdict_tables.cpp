// SPDX-License-Identifier: Apache-2.0
#include "report/verdict_tables.hpp"

#include <algorithm>
#include <utility>

#include "measurement/execution_order.hpp"
#include "measurement/step_labels.hpp"
#include "plumbline/text_stream.hpp"
#include "report/json_parts.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

std::string mark(bool within) { return within ? "" : "outside"; }

std::string phase(const Both<Cycles>& both) { return cycles(both.predicted) + " / " + cycles(both.simulated); }

std::string side(const OneSided& row, const Comparison& comparison)
{
    return row.side == OneSided::Side::predicted ? "predicted" : simulated_name(comparison);
}

template <class Row>
std::int64_t outside(const std::vector<Row>& rows)
{
    return std::count_if(rows.begin(), rows.end(), [](const Row& row) { return !row.within; });
}

/// Layers and copies as they run, those outside tolerance first.
std::vector<StepRow> steps_outside_first(const Subject& subject, const Comparison& comparison)
{
    std::vector<StepRow> steps = steps_in_order(subject.schedule, comparison);
    std::stable_partition(steps.begin(), steps.end(), [](const StepRow& row) { return !row.within; });
    return steps;
}

}  // namespace

std::vector<StepRow> steps_in_order(const Schedule& schedule, const Comparison& comparison)
{
    std::vector<StepRow> steps = comparison.layers;
    steps.insert(steps.end(), comparison.copies.begin(), comparison.copies.end());
    return in_execution_order(std::move(steps), layer_order(schedule), [](const StepRow& row) { return row.activity; });
}

std::string simulated_name(const Comparison& comparison)
{
    return comparison.simulated_by.kind == Source::Kind::file ? "observed" : "simulated";
}

Table access_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"memory", Align::left},
                {"operand", Align::left},
                {"direction", Align::left},
                {"predicted [words]"},
                {simulated_name(comparison) + " [words]"},
                {"deviation"},
                {"", Align::left}};
    for (const AccessRow& row : comparison.accesses) {
        table.add({subject.accelerator.memory(row.memory).name, letter(row.operand),
                   std::string{name_of(row.direction)}, words(row.accesses.predicted), words(row.accesses.simulated),
                   percent(row.accesses.deviation()), mark(row.within)});
    }
    return table;
}

Table step_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"step", Align::left}, {"predicted [cycles]"}, {simulated_name(comparison) + " [cycles]"},
                {"deviation"},         {"", Align::left},      {"computing"},
                {"loading"},           {"offloading"}};
    for (const StepRow& row : steps_outside_first(subject, comparison)) {
        const bool layer = row.activity.kind == sim::Activity::Kind::compute && row.phased;
        const Both<Cycles> all = row.cycles();
        table.add({step_label(row.activity, row.name), cycles(all.predicted), cycles(all.simulated),
                   percent(all.deviation()), mark(row.within), layer ? phase(row.computing) : "",
                   layer ? phase(row.loading) : "", layer ? phase(row.offloading) : ""});
    }
    return table;
}

/// Where it is known how long a cycle lasts.
void add_time(Table& table, sim::Period period, const Comparison& comparison)
{
    constexpr int kDigits = 4;
    const Both<Cycles>& latency = *comparison.latency;
    table.add({"time [ms]", significant(milliseconds(period, latency.predicted), kDigits),
               significant(milliseconds(period, latency.simulated), kDigits), percent(latency.deviation())});
    if (!comparison.energy) return;
    const double predicted = milliwatts(period, latency.predicted, comparison.energy->predicted);
    const double simulated = milliwatts(period, latency.simulated, comparison.energy->simulated);
    table.add({"power [mW]", significant(predicted, kDigits), significant(simulated, kDigits),
               percent(simulated > 0 ? predicted / simulated - 1 : 0)});
}

Table total_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"total", Align::left}, {"predicted"}, {simulated_name(comparison)}, {"deviation"}};
    if (const auto& energy = comparison.energy) {
        table.add({"energy [pJ]", picojoules(energy->predicted), picojoules(energy->simulated),
                   percent(energy->deviation())});
    }
    if (const auto& latency = comparison.latency) {
        table.add({"latency [cycles]", cycles(latency->predicted), cycles(latency->simulated),
                   percent(latency->deviation())});
        if (subject.period) add_time(table, *subject.period, comparison);
    }
    return table;
}

Table port_table(const Subject& subject, const Comparison& comparison)
{
    Table table{{"memory", Align::left},
                {"port", Align::left},
                {"predicted [busy cycles]"},
                {simulated_name(comparison) + " [busy cycles]"},
                {"deviation"},
                {"", Align::left}};
    for (const PortRow& row : comparison.ports) {
        const Memory& memory = subject.accelerator.memory(row.memory);
        table.add({memory.name, memory.ports.at(row.port).name, cycles(row.busy.predicted), cycles(row.busy.simulated),
                   percent(row.busy.deviation()), mark(row.within)});
    }
    return table;
}

Table one_sided_table(const Comparison& comparison)
{
    Table table{{"not compared", Align::left}, {"only", Align::left}, {"value"}, {"", Align::left}};
    for (const OneSided& row : comparison.one_sided) {
        table.add({row.what, side(row, comparison), grouped(row.value, 1), row.unit});
    }
    return table;
}

std::string conclusion(const Comparison& comparison, const Tolerances& tolerances)
{
    TextStream out;
    if (!comparison.fitted_as.empty())
        out << "no accuracy: the profile was fitted to this schedule ('" << comparison.fitted_as << "')\n";
    out << "tolerances: accesses " << 100 * tolerances.accesses << " %, latency " << 100 * tolerances.latency << " %: ";
    if (comparison.within_tolerance) {
        out << "within\n";
        return out.str();
    }
    out << "OUTSIDE (" << outside(comparison.accesses) << " of " << comparison.accesses.size() << " access rows, "
        << outside(comparison.layers) << " of " << comparison.layers.size() << " layers, " << outside(comparison.copies)
        << " of " << comparison.copies.size() << " copies";
    if (comparison.latency) out << "; total latency " << percent(comparison.latency->deviation());
    out << ")\n";
    return out.str();
}

}  // namespace plumbline::validate
