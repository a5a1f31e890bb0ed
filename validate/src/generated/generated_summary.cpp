// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_summary.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <utility>

#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/batch_summary.hpp"

namespace plumbline::validate {
namespace {

using Ran = std::vector<const GeneratedSchedule*>;

/// Nearest rank. \pre sorted
double percentile(const std::vector<double>& magnitudes, double share)
{
    if (magnitudes.empty()) return 0;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(magnitudes.size())));
    return magnitudes[std::max<std::size_t>(rank, 1) - 1];
}

std::optional<double> mean_tau(const Ran& ran, Estimator estimator)
{
    std::map<std::string, std::pair<std::vector<double>, std::vector<double>>> by_accelerator;
    for (const GeneratedSchedule* schedule : ran) {
        const Both<Cycles> latency = latency_of(*schedule, estimator);
        auto& [predicted, simulated] = by_accelerator[schedule->validated.accelerator];
        predicted.push_back(static_cast<double>(latency.predicted.count()));
        simulated.push_back(static_cast<double>(latency.simulated.count()));
    }
    double sum = 0;
    std::size_t ranked = 0;
    for (const auto& [name, both] : by_accelerator) {
        const auto tau = kendall_tau(both.first, both.second);
        if (!tau) continue;
        sum += *tau;
        ++ranked;
    }
    return ranked == 0 ? std::nullopt : std::optional<double>{sum / static_cast<double>(ranked)};
}

GeneratedLatency latency_by(const Ran& ran, Estimator estimator)
{
    ScheduleGroup group;
    for (const GeneratedSchedule* schedule : ran) group.push_back(&schedule->validated);
    const BatchSummary batch = summarise(group, estimator);
    GeneratedLatency latency;
    latency.access_rows = batch.access_rows;
    latency.deviating_rows = batch.deviating_rows;
    latency.mape = batch.latency.mape;
    latency.bias = batch.latency.bias;
    std::vector<double> magnitudes;
    for (const GeneratedSchedule* schedule : ran) {
        const double deviation = latency_of(*schedule, estimator).deviation();
        magnitudes.push_back(std::abs(deviation));
        if (std::abs(deviation) <= std::abs(latency.worst)) continue;
        latency.worst = deviation;
        latency.worst_index = schedule->index;
    }
    std::sort(magnitudes.begin(), magnitudes.end());
    latency.median = percentile(magnitudes, 0.50);
    latency.p95 = percentile(magnitudes, 0.95);
    latency.p99 = percentile(magnitudes, 0.99);
    latency.kendall_tau = mean_tau(ran, estimator);
    return latency;
}

std::vector<GeneratedCause> causes_of(const Ran& ran)
{
    std::map<std::string, GeneratedCause> by_name;
    for (const GeneratedSchedule* schedule : ran) {
        GeneratedCause* most = nullptr;
        double magnitude = 0;
        for (const auto& [name, cycles] : schedule->causes) {
            GeneratedCause& cause = by_name[name];
            cause.name = name;
            ++cause.schedules;
            (cycles > 0 ? cause.too_many : cause.too_few) += std::abs(cycles);
            if (std::abs(cycles) <= magnitude) continue;
            magnitude = std::abs(cycles);
            most = &cause;
        }
        const double deviation = latency_of(*schedule, Estimator::refined).deviation();
        if (most != nullptr && std::abs(deviation) > kFarOff) ++most->beyond;
    }
    std::vector<GeneratedCause> causes;
    causes.reserve(by_name.size());
    for (auto& [name, cause] : by_name) causes.push_back(std::move(cause));
    std::stable_sort(causes.begin(), causes.end(), [](const GeneratedCause& a, const GeneratedCause& b) {
        return a.too_many + a.too_few > b.too_many + b.too_few;
    });
    return causes;
}

void add_fidelities(GeneratedSummary& summary, const Ran& ran)
{
    std::size_t both = 0;
    for (const GeneratedSchedule* schedule : ran) {
        if (!schedule->other_cycles) continue;
        const Cycles cycles = latency_of(*schedule, Estimator::refined).simulated;
        const double off =
            deviation(static_cast<double>(schedule->other_cycles->count()), static_cast<double>(cycles.count()));
        ++both;
        summary.fidelity_mean += std::abs(off);
        if (std::abs(off) <= std::abs(summary.fidelity_worst)) continue;
        summary.fidelity_worst = off;
        summary.fidelity_worst_index = schedule->index;
    }
    if (both > 0) summary.fidelity_mean /= static_cast<double>(both);
}

}  // namespace

Both<Cycles> latency_of(const GeneratedSchedule& schedule, Estimator estimator)
{
    const auto& rows = schedule.validated.rows;
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const BatchRow& each) {
        return each.quantity == io::ToleratedQuantity::latency && each.estimator == estimator;
    });
    assert(row != rows.end());
    return {Cycles{std::llround(row->predicted)}, Cycles{std::llround(row->simulated)}};
}

GeneratedSummary summarise(const GeneratedRun& run)
{
    GeneratedSummary summary;
    Ran ran;
    for (const GeneratedSchedule& schedule : run.schedules) {
        if (!schedule.validated.infeasible.empty()) ++summary.infeasible;
        if (!schedule.validated.refused.empty()) ++summary.refused;
        if (!schedule.validated.compared()) continue;
        ran.push_back(&schedule);
        summary.equal += schedule.computed == Computed::equal ? 1 : 0;
        summary.different += schedule.computed == Computed::different ? 1 : 0;
        summary.not_computable += schedule.computed == Computed::not_computable ? 1 : 0;
        summary.simulated_cycles += static_cast<double>(latency_of(schedule, Estimator::refined).simulated.count());
    }
    summary.compared = ran.size();
    summary.estimators = {latency_by(ran, Estimator::uniform), latency_by(ran, Estimator::refined)};
    summary.causes = causes_of(ran);
    add_fidelities(summary, ran);
    return summary;
}

std::vector<const GeneratedSchedule*> worst_first(const GeneratedRun& run, std::size_t count)
{
    Ran ran;
    for (const GeneratedSchedule& schedule : run.schedules)
        if (schedule.validated.compared()) ran.push_back(&schedule);
    const auto off = [](const GeneratedSchedule* schedule) {
        return std::abs(latency_of(*schedule, Estimator::refined).deviation());
    };
    std::stable_sort(ran.begin(), ran.end(),
                     [&](const GeneratedSchedule* a, const GeneratedSchedule* b) { return off(a) > off(b); });
    ran.resize(std::min(ran.size(), count));
    return ran;
}

}  // namespace plumbline::validate
