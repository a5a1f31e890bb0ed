// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/set_summary.hpp"

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

/// Collects what a summary is made of, row by row.
class Summary {
public:
    explicit Summary(Estimator estimator) : estimator_{estimator} {}

    void add(const ValidatedSchedule& schedule)
    {
        if (!schedule.compared()) return;
        ++summary_.schedules;
        for (const SetRow& row : schedule.rows)
            if (row.estimator == estimator_) add(schedule, row);
    }

    SetSummary result()
    {
        if (summary_.latencies > 0) {
            summary_.mape /= static_cast<double>(summary_.latencies);
            summary_.bias /= static_cast<double>(summary_.latencies);
        }
        RankedPairs pairs;
        for (const auto& [subject, ranking] : rankings_) pairs += ranked_pairs(ranking.predicted, ranking.simulated);
        summary_.kendall_tau = pairs.tau_b();
        return summary_;
    }

private:
    void add(const ValidatedSchedule& schedule, const SetRow& row)
    {
        switch (row.quantity) {
            case ToleratedQuantity::accesses:
                ++summary_.access_rows;
                if (std::abs(row.deviation()) > kSameAccesses) ++summary_.deviating_rows;
                note(summary_.worst_accesses, schedule, row);
                break;
            case ToleratedQuantity::latency: add_latency(schedule, row); break;
            case ToleratedQuantity::energy: note(summary_.worst_energy, schedule, row); break;
            case ToleratedQuantity::layers:
            case ToleratedQuantity::copies: break;
        }
    }

    void add_latency(const ValidatedSchedule& schedule, const SetRow& row)
    {
        ++summary_.latencies;
        summary_.mape += std::abs(row.deviation());
        summary_.bias += row.deviation();
        note(summary_.worst_latency, schedule, row);
        Ranking& ranking = rankings_[{schedule.accelerator, schedule.network}];
        ranking.predicted.push_back(row.predicted);
        ranking.simulated.push_back(row.simulated);
    }

    static void note(WorstRow& worst, const ValidatedSchedule& schedule, const SetRow& row)
    {
        if (worst.row == nullptr || std::abs(row.deviation()) > std::abs(worst.deviation())) worst = {&schedule, &row};
    }

    Estimator estimator_;
    SetSummary summary_;
    std::map<std::pair<std::string, std::string>, Ranking> rankings_;
};

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

SetSummary summarise(const ScheduleGroup& schedules, Estimator estimator)
{
    Summary summary{estimator};
    for (const ValidatedSchedule* schedule : schedules) summary.add(*schedule);
    return summary.result();
}

}  // namespace plumbline::validate
