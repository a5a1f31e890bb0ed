// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_report.hpp"

#include <cmath>
#include <utility>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr std::array<Estimator, 2> kBoth{Estimator::uniform, Estimator::refined};
constexpr std::size_t kWorst = 8;

// What `refined` is to reach on machines that nobody drew.
constexpr double kMapeGoal = 0.01;
constexpr double kWorstGoal = 0.15;
constexpr double kTauGoal = 0.99;
constexpr double kFidelityGoal = 0.01;

std::string number(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::string tau_text(const std::optional<double>& tau) { return tau ? grouped(*tau, 4) : "n/a"; }

Table estimator_table(const GeneratedSummary& summary)
{
    Table table{{"estimator", Align::left},
                {"access rows"},
                {"deviating"},
                {"latency MAPE"},
                {"bias"},
                {"median"},
                {"95 of 100"},
                {"99 of 100"},
                {"worst"},
                {"its number"},
                {"Kendall's tau"}};
    for (std::size_t i = 0; i < kBoth.size(); ++i) {
        const GeneratedLatency& latency = summary.estimators[i];
        table.add({std::string{plumbline::name_of(kBoth[i])}, number(latency.access_rows),
                   number(latency.deviating_rows), magnitude(latency.mape), percent(latency.bias),
                   magnitude(latency.median), magnitude(latency.p95), magnitude(latency.p99), percent(latency.worst),
                   std::to_string(latency.worst_index), tau_text(latency.kendall_tau)});
    }
    return table;
}

/// What is asked for, and whether it is so.
struct Goal {
    const char* of;
    std::string goal;
    std::string reached;
    bool met;
};

std::vector<Goal> goals_of(const GeneratedSummary& summary)
{
    const GeneratedLatency& refined = summary.estimators[1];
    const auto at_most = [](const char* of, double most, double reached) {
        return Goal{of, "at most " + magnitude(most), magnitude(std::abs(reached)), std::abs(reached) <= most};
    };
    const auto none = [](const char* of, std::size_t count) { return Goal{of, "0", number(count), count == 0}; };
    return {none("access rows that deviate", refined.deviating_rows),
            none("schedules refused", summary.refused),
            none("outputs that differ", summary.different),
            at_most("latency MAPE", kMapeGoal, refined.mape),
            at_most("99 of 100 schedules", kFarOff, refined.p99),
            at_most("worst schedule", kWorstGoal, refined.worst),
            {"Kendall's tau, mean of accelerators", "at least " + grouped(kTauGoal, 2), tau_text(refined.kendall_tau),
             refined.kendall_tau.value_or(1) >= kTauGoal},
            at_most("fidelities, worst schedule", kFidelityGoal, summary.fidelity_worst)};
}

Table goal_table(const GeneratedSummary& summary)
{
    Table table{{"refined", Align::left}, {"goal"}, {"reached"}, {"met", Align::left}};
    for (const Goal& each : goals_of(summary)) table.add({each.of, each.goal, each.reached, each.met ? "yes" : "no"});
    return table;
}

Table cause_table(const GeneratedSummary& summary)
{
    Table table{{"refined is off in", Align::left},
                {"schedules"},
                {"too many [cycles]"},
                {"too few [cycles]"},
                {"of simulated"},
                {"beyond " + magnitude(kFarOff)}};
    for (const GeneratedCause& cause : summary.causes)
        table.add({cause.name, number(cause.schedules), grouped(cause.too_many, 0), grouped(cause.too_few, 0),
                   magnitude((cause.too_many + cause.too_few) / summary.simulated_cycles), number(cause.beyond)});
    return table;
}

/// The cause of most of what deviates.
std::string main_cause(const GeneratedSchedule& schedule)
{
    std::string name;
    double most = 0;
    for (const auto& [cause, cycles] : schedule.causes) {
        if (std::abs(cycles) <= most) continue;
        most = std::abs(cycles);
        name = cause;
    }
    return name;
}

Table worst_table(const GeneratedRun& run)
{
    Table table{{"number"},    {"schedule", Align::left},  {"predicted [cycles]"}, {"simulated [cycles]"},
                {"deviation"}, {"most of it", Align::left}};
    for (const GeneratedSchedule* schedule : worst_first(run, kWorst)) {
        const Both<Cycles> latency = latency_of(*schedule, Estimator::refined);
        const std::string& name = schedule->validated.name;
        table.add({std::to_string(schedule->index), name.substr(name.find(' ') + 1), grouped(latency.predicted.count()),
                   grouped(latency.simulated.count()), percent(latency.deviation()), main_cause(*schedule)});
    }
    return table;
}

Table refused_table(const GeneratedRun& run)
{
    Table table{{"number"}, {"refused", Align::left}};
    for (const GeneratedSchedule& schedule : run.schedules) {
        if (!schedule.validated.refused.empty())
            table.add({std::to_string(schedule.index), schedule.validated.refused});
        if (schedule.computed == Computed::different)
            table.add({std::to_string(schedule.index), "the run computes another output than the reference"});
    }
    return table;
}

Json latency_json(const GeneratedLatency& latency)
{
    return {{"access_rows", latency.access_rows},
            {"deviating", latency.deviating_rows},
            {"mape", finite(latency.mape)},
            {"bias", finite(latency.bias)},
            {"median", finite(latency.median)},
            {"p95", finite(latency.p95)},
            {"p99", finite(latency.p99)},
            {"worst", finite(latency.worst)},
            {"worst_index", latency.worst_index},
            {"kendall_tau", latency.kendall_tau ? Json(*latency.kendall_tau) : Json()}};
}

Json schedule_json(const GeneratedSchedule& schedule)
{
    const ValidatedSchedule& validated = schedule.validated;
    Json json{{"index", schedule.index},
              {"accelerator", validated.accelerator},
              {"workload", validated.network},
              {"schedule", validated.name}};
    if (!validated.infeasible.empty()) json["infeasible"] = validated.infeasible;
    if (!validated.refused.empty()) json["refused"] = validated.refused;
    if (!validated.compared()) return json;
    for (Estimator estimator : kBoth) {
        const Both<Cycles> latency = latency_of(schedule, estimator);
        json[std::string{plumbline::name_of(estimator)}] = both(latency);
    }
    json["other_fidelity"] = schedule.other_cycles ? Json(schedule.other_cycles->count()) : Json();
    json["computed"] = name_of(schedule.computed);
    json["causes"] = schedule.causes;
    return json;
}

}  // namespace

std::string generated_text(const GeneratedRun& run)
{
    const GeneratedSummary summary = summarise(run);
    TextStream out;
    if (run.schedules.size() == 1) out << run.schedules.front().details;
    out << counted(run.schedules.size(), "schedule") << " of seed " << run.seed << ": " << summary.compared
        << " compared, " << summary.infeasible << " infeasible, " << summary.refused << " refused\n";
    if (summary.compared > 0) {
        out << '\n' << estimator_table(summary) << '\n' << goal_table(summary) << '\n';
        if (const Table causes = cause_table(summary); !causes.empty()) out << causes << '\n';
        out << worst_table(run) << '\n';
        out << "the other fidelity deviates by " << magnitude(summary.fidelity_mean) << " in the mean, by "
            << percent(summary.fidelity_worst) << " at worst (number " << summary.fidelity_worst_index << "); "
            << counted(summary.equal, "output") << " equal, " << summary.different << " different, "
            << summary.not_computable << " without values\n";
    }
    if (const Table refused = refused_table(run); !refused.empty()) out << '\n' << refused;
    return out.str();
}

std::string generated_json(const GeneratedRun& run)
{
    const GeneratedSummary summary = summarise(run);
    Json json{
        {"schema", "plumbline/validate-generated/1"},
        {"seed", run.seed},
        {"fidelity", sim::name_of(run.fidelity)},
        {"sound", summary.sound()},
        {"compared", summary.compared},
        {"infeasible", summary.infeasible},
        {"refused", summary.refused},
        {"uniform", latency_json(summary.estimators[0])},
        {"refined", latency_json(summary.estimators[1])},
        {"simulated_cycles", summary.simulated_cycles},
        {"fidelities",
         {{"mean", finite(summary.fidelity_mean)},
          {"worst", finite(summary.fidelity_worst)},
          {"worst_index", summary.fidelity_worst_index}}},
        {"outputs",
         {{"equal", summary.equal}, {"different", summary.different}, {"not_computable", summary.not_computable}}},
        {"goals", Json::array()},
        {"causes", Json::array()},
        {"schedules", Json::array()}};
    for (const Goal& each : goals_of(summary))
        json["goals"].push_back({{"of", each.of}, {"goal", each.goal}, {"reached", each.reached}, {"met", each.met}});
    for (const GeneratedCause& cause : summary.causes)
        json["causes"].push_back({{"name", cause.name},
                                  {"schedules", cause.schedules},
                                  {"too_many", cause.too_many},
                                  {"too_few", cause.too_few},
                                  {"beyond", cause.beyond}});
    for (const GeneratedSchedule& schedule : run.schedules) json["schedules"].push_back(schedule_json(schedule));
    return printed(json);
}

}  // namespace plumbline::validate
