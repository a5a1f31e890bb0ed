// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/batch_summary.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "plumbline/validate/accuracy.hpp"

namespace plumbline::validate {
namespace {

using io::ToleratedQuantity;

/// Latencies of schedules among which one may choose.
struct Ranking {
    std::vector<double> predicted;
    std::vector<double> simulated;
};

void note(WorstRow& worst, const ValidatedSchedule& schedule, const BatchRow& row)
{
    if (worst.row == nullptr || std::abs(row.deviation()) > std::abs(worst.deviation())) worst = {&schedule, &row};
}

/// Collects latencies, one by one.
class Latencies {
public:
    void add(const ValidatedSchedule& schedule, const BatchRow& row)
    {
        ++summary_.schedules;
        summary_.mape += std::abs(row.deviation());
        summary_.bias += row.deviation();
        note(summary_.worst, schedule, row);
        Ranking& ranking = rankings_[{schedule.accelerator, schedule.network}];
        ranking.predicted.push_back(row.predicted);
        ranking.simulated.push_back(row.simulated);
    }

    LatencySummary result() const
    {
        LatencySummary summary = summary_;
        if (summary.schedules > 0) {
            summary.mape /= static_cast<double>(summary.schedules);
            summary.bias /= static_cast<double>(summary.schedules);
        }
        RankedPairs pairs;
        for (const auto& [subject, ranking] : rankings_) pairs += ranked_pairs(ranking.predicted, ranking.simulated);
        summary.kendall_tau = pairs.tau_b();
        return summary;
    }

private:
    LatencySummary summary_;
    std::map<std::pair<std::string, std::string>, Ranking> rankings_;
};

/// Collects what a summary is made of, row by row.
class Summary {
public:
    explicit Summary(Estimator estimator) : estimator_{estimator} {}

    void add(const ValidatedSchedule& schedule)
    {
        if (!schedule.compared()) return;
        ++summary_.schedules;
        for (const BatchRow& row : schedule.rows)
            if (row.estimator == estimator_) add(schedule, row);
    }

    BatchSummary result()
    {
        summary_.latency = latencies_.result();
        return summary_;
    }

private:
    void add(const ValidatedSchedule& schedule, const BatchRow& row)
    {
        switch (row.quantity) {
            case ToleratedQuantity::accesses:
                ++summary_.access_rows;
                if (std::abs(row.deviation()) > kSameAccesses) ++summary_.deviating_rows;
                note(summary_.worst_accesses, schedule, row);
                break;
            case ToleratedQuantity::latency:
                if (!schedule.in_profile) latencies_.add(schedule, row);
                break;
            case ToleratedQuantity::energy: note(summary_.worst_energy, schedule, row); break;
            case ToleratedQuantity::layers:
            case ToleratedQuantity::copies: break;
        }
    }

    Estimator estimator_;
    BatchSummary summary_;
    Latencies latencies_;
};

const BatchRow* latency_of(const ValidatedSchedule& schedule, Estimator estimator)
{
    const auto wanted = [&](const BatchRow& row) {
        return row.quantity == ToleratedQuantity::latency && row.estimator == estimator;
    };
    const auto found = std::find_if(schedule.rows.begin(), schedule.rows.end(), wanted);
    return found == schedule.rows.end() ? nullptr : &*found;
}

}  // namespace

ScheduleGroup all_of(const std::vector<ValidatedSchedule>& schedules)
{
    ScheduleGroup all;
    for (const ValidatedSchedule& schedule : schedules) all.push_back(&schedule);
    return all;
}

std::vector<std::pair<std::string, ScheduleGroup>> by_accelerator(const std::vector<ValidatedSchedule>& schedules)
{
    std::vector<std::pair<std::string, ScheduleGroup>> groups;
    for (const ValidatedSchedule& schedule : schedules) {
        const auto same = [&](const auto& group) { return group.first == schedule.accelerator; };
        auto group = std::find_if(groups.begin(), groups.end(), same);
        if (group == groups.end()) group = groups.insert(groups.end(), {schedule.accelerator, {}});
        group->second.push_back(&schedule);
    }
    return groups;
}

BatchSummary summarise(const ScheduleGroup& schedules, Estimator estimator)
{
    Summary summary{estimator};
    for (const ValidatedSchedule* schedule : schedules) summary.add(*schedule);
    return summary.result();
}

HeldOutSummary summarise_held_out(const ScheduleGroup& schedules)
{
    HeldOutSummary summary;
    Latencies uniform;
    Latencies refined;
    Latencies calibrated;
    for (const ValidatedSchedule* schedule : schedules) {
        if (schedule->part == Part::fitted) ++summary.fitted;
        if (!schedule->calibrated) continue;
        calibrated.add(*schedule, *schedule->calibrated);
        if (const BatchRow* row = latency_of(*schedule, Estimator::uniform)) uniform.add(*schedule, *row);
        if (const BatchRow* row = latency_of(*schedule, Estimator::refined)) refined.add(*schedule, *row);
    }
    summary.uniform = uniform.result();
    summary.refined = refined.result();
    summary.calibrated = calibrated.result();
    return summary;
}

}  // namespace plumbline::validate
