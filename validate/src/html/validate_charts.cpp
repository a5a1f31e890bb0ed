// SPDX-License-Identifier: Apache-2.0
#include "html/validate_charts.hpp"

#include <algorithm>

#include "comparison/cycle_deviations.hpp"
#include "html/charts/deviation_chart.hpp"
#include "html/charts/phase_chart.hpp"
#include "html/charts/scatter_chart.hpp"
#include "html/charts/timeline_chart.hpp"
#include "measurement/border.hpp"
#include "measurement/step_labels.hpp"
#include "report/text_parts.hpp"
#include "report/verdict_tables.hpp"

namespace plumbline::validate {
namespace {

using Kind = sim::Activity::Kind;

std::string access_label(const Subject& subject, const AccessRow& row)
{
    return subject.accelerator.memory(row.memory).name + ' ' + letter(row.operand) + ' ' +
           std::string{name_of(row.direction)};
}

/// From the MACs up.
std::vector<AccessRow> by_hierarchy(std::vector<AccessRow> rows)
{
    std::stable_sort(rows.begin(), rows.end(),
                     [](const AccessRow& a, const AccessRow& b) { return border_of(a) < border_of(b); });
    return rows;
}

std::string tip_of(const std::string& what, const std::string& predicted, const std::string& simulated,
                   const Comparison& comparison, double deviation)
{
    return what + "\npredicted " + predicted + '\n' + simulated_name(comparison) + ' ' + simulated + "\ndeviation " +
           percent(deviation);
}

std::string tip_of(const Subject& subject, const Comparison& comparison, const AccessRow& row)
{
    return tip_of(access_label(subject, row), words(row.accesses.predicted) + " words",
                  words(row.accesses.simulated) + " words", comparison, row.accesses.deviation());
}

std::string tip_of(const Comparison& comparison, const StepRow& row)
{
    const Both<Cycles> all = row.cycles();
    return tip_of(step_label(row.activity, row.name), cycles(all.predicted) + " cycles",
                  cycles(all.simulated) + " cycles", comparison, all.deviation());
}

std::string scatter_reading(double tolerance)
{
    return "On the line, both sides agree; dashed: the tolerance of " + grouped(100 * tolerance, 1) +
           " %; large and ringed: outside it. Both scales are logarithmic; what is none at all lies at the edge.";
}

/// Parallel to phase_series().
using PhaseLengths = std::vector<Cycles>;

PhaseLengths phases_of(const StepRow& row, Cycles Both<Cycles>::*side, const Both<Cycles>* iterations)
{
    const Cycles none{};
    const Cycles all = row.cycles().*side;
    if (row.activity.kind == Kind::copy) return {none, none, none, none, all, none};
    if (!row.phased || iterations == nullptr) return {none, none, none, none, none, all};
    const Cycles computing = row.computing.*side;
    const Cycles running = std::min(iterations->*side, computing);
    return {running, computing - running, row.loading.*side, row.offloading.*side, none, none};
}

PhaseBar bar_of(const std::string& step, const std::string& side, const PhaseLengths& lengths)
{
    PhaseBar bar{step, side, {}};
    const std::vector<std::string> names = phase_series().names;
    for (std::size_t i = 0; i < lengths.size(); ++i)
        if (lengths[i] != Cycles{}) bar.phases.emplace_back(names[i], lengths[i]);
    return bar;
}

/// Those that any bar has.
ChartSeries phases_in(const std::vector<PhaseBar>& bars)
{
    const ChartSeries all = phase_series();
    ChartSeries present{{}, Json::array()};
    for (std::size_t i = 0; i < all.names.size(); ++i) {
        const auto has_phase = [&](const PhaseBar& bar) {
            return std::any_of(bar.phases.begin(), bar.phases.end(),
                               [&](const auto& phase) { return phase.first == all.names[i]; });
        };
        if (std::none_of(bars.begin(), bars.end(), has_phase)) continue;
        present.names.push_back(all.names[i]);
        present.colours.push_back(all.colours[i]);
    }
    return present;
}

std::vector<std::string> port_names(const Accelerator& accelerator)
{
    std::vector<std::string> names;
    for (MemoryId memory = 0; memory < accelerator.memories().size(); ++memory)
        for (PortId port = 0; port < accelerator.memory(memory).ports.size(); ++port)
            names.push_back(port_name(accelerator, memory, port));
    return names;
}

std::vector<double> relative_deviations(const Comparison& comparison)
{
    std::vector<double> deviations;
    for (const auto* rows : {&comparison.layers, &comparison.copies})
        for (const StepRow& row : *rows) deviations.push_back(row.cycles().deviation());
    return deviations;
}

const char* folded_note(const ValidatedRun& run)
{
    return run.folded ? " One tile of each class ran, so time is that of these alone." : "";
}

std::string busy_reading(const BusyBins& bins)
{
    return "A row is as full as the port was busy within " + grouped(bins.width(), 0) +
           " cycles. Ports that never moved anything are left out.";
}

}  // namespace

Figure access_scatter(const Subject& subject, const ValidatedRun& run)
{
    std::vector<ScatterPoint> points;
    for (const AccessRow& row : by_hierarchy(run.comparison.accesses))
        points.push_back({static_cast<std::size_t>(row.operand), row.accesses.predicted.count(),
                          row.accesses.simulated.count(), row.within, tip_of(subject, run.comparison, row)});
    const std::string simulated = simulated_name(run.comparison);
    return {
        "access-scatter", "Accesses, predicted against " + simulated,
        "A point for each memory, operand and direction. " + scatter_reading(run.tolerances.accesses),
        scatter_chart(points, {"accesses, predicted against " + simulated, "predicted [words]", simulated + " [words]"},
                      operand_series(), run.tolerances.accesses)};
}

Figure access_deviation_bars(const Subject& subject, const ValidatedRun& run)
{
    std::vector<DeviationBar> bars;
    for (const AccessRow& row : by_hierarchy(run.comparison.accesses))
        bars.push_back({access_label(subject, row), static_cast<std::size_t>(row.operand), row.accesses.deviation(),
                        tip_of(subject, run.comparison, row)});
    return {
        "access-deviations", "Deviation of accesses by memory, operand and direction",
        "From the MACs up. To the right, more is predicted than there is. Dashed, where it is in reach: the tolerance.",
        deviation_chart(bars, operand_series(), run.tolerances.accesses)};
}

Figure cycle_scatter(const Subject& subject, const ValidatedRun& run)
{
    std::vector<ScatterPoint> points;
    for (const StepRow& row : steps_in_order(subject.schedule, run.comparison)) {
        const Both<Cycles> all = row.cycles();
        points.push_back({row.activity.kind == Kind::copy ? std::size_t{1} : std::size_t{0},
                          static_cast<double>(all.predicted.count()), static_cast<double>(all.simulated.count()),
                          row.within, tip_of(run.comparison, row)});
    }
    const std::string simulated = simulated_name(run.comparison);
    return {
        "cycle-scatter", "Cycles, predicted against " + simulated,
        "A point for each layer, and for the copies before it. " + scatter_reading(run.tolerances.latency),
        scatter_chart(points, {"cycles, predicted against " + simulated, "predicted [cycles]", simulated + " [cycles]"},
                      {{"layers", "copies"}, Json::array({phase_series().colours[0], phase_series().colours[4]})},
                      run.tolerances.latency)};
}

Figure cycle_phases(const Subject& subject, const ValidatedRun& run)
{
    const auto iterations = iterations_of_layers(subject.schedule, run.predicted, run.simulated);
    std::vector<PhaseBar> bars;
    for (const StepRow& row : steps_in_order(subject.schedule, run.comparison)) {
        const auto layer = row.activity.layer ? iterations.find(*row.activity.layer) : iterations.end();
        const Both<Cycles>* known = layer == iterations.end() ? nullptr : &layer->second;
        bars.push_back(
            bar_of(step_label(row.activity, row.name), "predicted", phases_of(row, &Both<Cycles>::predicted, known)));
        bars.push_back(bar_of(step_label(row.activity, row.name), simulated_name(run.comparison),
                              phases_of(row, &Both<Cycles>::simulated, known)));
    }
    return {"phases", "Latency of each step by phase",
            "As they run, over all tiles. The upper bar of each pair is predicted, the lower one " +
                simulated_name(run.comparison) + "; the number is its length.",
            phase_chart(bars, phases_in(bars))};
}

std::vector<Residuals> residuals_of(const ValidatedRun& run)
{
    if (run.uncalibrated == nullptr) return {{"as predicted", relative_deviations(run.comparison)}};
    return {{"before calibration", relative_deviations(*run.uncalibrated)},
            {"after calibration", relative_deviations(run.comparison)}};
}

Figure residual_histogram(const Histogram& histogram)
{
    return {"residuals", "How many layers and copies deviate how far",
            "Deviations of cycles, in classes of " + magnitude(histogram.width) + '.',
            histogram_chart(histogram, "layers and copies")};
}

Figure run_timeline(const Subject& subject, const ValidatedRun& run)
{
    const BusyBins& bins = run.timeline->run();
    return {"run-timeline", "Ports over the whole run", busy_reading(bins) + folded_note(run),
            timeline_chart(bins, port_names(subject.accelerator), {})};
}

Figure tile_timeline(const Subject& subject, const ValidatedRun& run)
{
    const TileTimeline& tile = run.timeline->longest_tile();
    std::vector<TimelineBand> bands;
    for (const TimelineStep& step : tile.steps)
        bands.push_back({step_label(subject.workload, step.activity), step.span});
    return {"tile-timeline", "Ports while the longest tile runs",
            "Stack " + std::to_string(tile.tile.stack) + ", tile column " + std::to_string(tile.tile.column) +
                ", row " + std::to_string(tile.tile.row) + ", from cycle " + grouped(tile.bins.begin(), 0) + " on. " +
                busy_reading(tile.bins),
            timeline_chart(tile.bins, port_names(subject.accelerator), bands)};
}

Table tile_step_table(const Subject& subject, const TileTimeline& tile)
{
    Table table{{"step", Align::left}, {"from [cycle]"}, {"to [cycle]"}, {"time [cycles]"}};
    const double begin = tile.bins.begin();
    for (const TimelineStep& step : tile.steps)
        table.add({step_label(subject.workload, step.activity), grouped(step.span.begin - begin, 0),
                   grouped(step.span.end - begin, 0), grouped(step.span.end - step.span.begin, 0)});
    return table;
}

Table tile_port_table(const Subject& subject, const TileTimeline& tile)
{
    Table table{{"port", Align::left}, {"busy [cycles]"}, {"busy [%]"}};
    const std::vector<std::string> names = port_names(subject.accelerator);
    for (sim::PortIndex port = 0; port < names.size(); ++port) {
        const double busy = tile.bins.busy(port);
        table.add({names[port], grouped(busy, 0), grouped(100 * busy / tile.duration(), 1)});
    }
    return table;
}

}  // namespace plumbline::validate
