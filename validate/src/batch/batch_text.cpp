// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/batch_report.hpp"
#include "plumbline/validate/batch_summary.hpp"
#include "plumbline/validate/table.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr std::array<Estimator, 2> kEstimators{Estimator::uniform, Estimator::refined};
constexpr std::size_t kListed = 20;

std::string counted_rows(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

std::string worst(const WorstRow& row) { return row.row == nullptr ? "" : percent(row.deviation()); }

std::string tau(const LatencySummary& latency)
{
    return latency.kendall_tau ? grouped(*latency.kendall_tau, 4) : "n/a";
}

std::string name_of(const ValidatedSchedule& schedule) { return schedule.network + ' ' + schedule.name; }

/// Groups as the tables have them: the accelerators, and all where there are several.
std::vector<std::pair<std::string, ScheduleGroup>> groups_of(const ValidationBatch& batch)
{
    auto groups = by_accelerator(batch.schedules);
    if (groups.size() > 1) groups.emplace_back("all", all_of(batch.schedules));
    return groups;
}

Table figures(const ValidationBatch& batch)
{
    Table table{{"accelerator", Align::left},
                {"estimator", Align::left},
                {"schedules"},
                {"access rows"},
                {"deviating"},
                {"worst"},
                {"latency MAPE"},
                {"bias"},
                {"worst"},
                {"Kendall's tau"},
                {"energy worst"}};
    for (const auto& [name, schedules] : groups_of(batch)) {
        if (name == "all") table.add_rule();
        for (Estimator estimator : kEstimators) {
            const BatchSummary s = summarise(schedules, estimator);
            const LatencySummary& latency = s.latency;
            const bool timed = latency.schedules > 0;
            table.add({estimator == kEstimators.front() ? name : "", std::string{plumbline::name_of(estimator)},
                       counted_rows(s.schedules), counted_rows(s.access_rows), counted_rows(s.deviating_rows),
                       worst(s.worst_accesses), timed ? magnitude(latency.mape) : "",
                       timed ? percent(latency.bias) : "", worst(latency.worst), tau(latency), worst(s.worst_energy)});
        }
    }
    return table;
}

/// A row of held-out figures.
void add(Table& table, const std::string& accelerator, const char* by, const std::string& fitted,
         const LatencySummary& latency)
{
    const bool timed = latency.schedules > 0;
    table.add({accelerator, by, fitted, counted_rows(latency.schedules), timed ? magnitude(latency.mape) : "",
               timed ? percent(latency.bias) : "", worst(latency.worst), tau(latency),
               timed ? name_of(*latency.worst.schedule) : ""});
}

/// Latency of schedules that nothing was fitted to, predicted in three ways. Empty where nothing was calibrated.
Table held_out_figures(const ValidationBatch& batch)
{
    Table table{{"held out", Align::left},
                {"predicted by", Align::left},
                {"fitted to"},
                {"schedules"},
                {"latency MAPE"},
                {"bias"},
                {"worst"},
                {"Kendall's tau"},
                {"which is worst", Align::left}};
    if (batch.calibrations.empty()) return table;
    for (const auto& [name, schedules] : groups_of(batch)) {
        if (name == "all") table.add_rule();
        const HeldOutSummary summary = summarise_held_out(schedules);
        add(table, name, "uniform", "", summary.uniform);
        add(table, "", "refined", "", summary.refined);
        add(table, "", "refined, calibrated", counted_rows(summary.fitted), summary.calibrated);
    }
    return table;
}

/// What was fitted to what, or that others did.
void write_fitted(std::ostream& out, const ValidationBatch& batch)
{
    if (!batch.calibrations.empty())
        out << "fitted, accelerator by accelerator, to " << magnitude(batch.hold_out.fitted_share)
            << " of the schedules (seed " << batch.hold_out.seed
            << "); those that do the same as one of these are not held out either\n";
    std::vector<std::string> known;
    for (const ValidatedSchedule& schedule : batch.schedules)
        if (schedule.in_profile) known.push_back(name_of(schedule));
    if (known.empty()) return;
    out << "\nno accuracy: the profile was fitted to " << counted(known.size(), "schedule")
        << ", whose latency is in none of these figures:";
    for (const std::string& name : known) out << "\n  " << name;
    out << '\n';
}

/// Which rows the worst ones are.
Table worst_rows(const ValidationBatch& batch)
{
    Table table{{"worst", Align::left}, {"estimator", Align::left},
                {"of", Align::left},    {"schedule", Align::left},
                {"predicted"},          {"simulated"},
                {"unit", Align::left},  {"deviation"}};
    const auto add = [&](const std::string& accelerator, Estimator estimator, const WorstRow& worst, const char* unit) {
        if (worst.row == nullptr || std::abs(worst.deviation()) <= kSameAccesses) return;
        table.add({accelerator, std::string{plumbline::name_of(estimator)}, label(*worst.row), name_of(*worst.schedule),
                   grouped(worst.row->predicted, 1), grouped(worst.row->simulated, 1), unit,
                   percent(worst.deviation())});
    };
    for (const auto& [name, schedules] : by_accelerator(batch.schedules)) {
        for (Estimator estimator : kEstimators) {
            const BatchSummary s = summarise(schedules, estimator);
            add(name, estimator, s.worst_accesses, "words");
            add(name, estimator, s.latency.worst, "cycles");
            add(name, estimator, s.worst_energy, "pJ");
        }
    }
    return table;
}

/// Schedules of a network that were not compared for the same reason.
struct LeftOut {
    const ValidatedSchedule* first = nullptr;
    std::size_t count = 0;
};

std::vector<LeftOut> left_out(const ValidationBatch& batch, std::string ValidatedSchedule::*reason)
{
    std::vector<LeftOut> groups;
    for (const ValidatedSchedule& schedule : batch.schedules) {
        if ((schedule.*reason).empty()) continue;
        const auto same = [&](const LeftOut& group) {
            return group.first->network == schedule.network && group.first->*reason == schedule.*reason;
        };
        auto group = std::find_if(groups.begin(), groups.end(), same);
        if (group == groups.end()) group = groups.insert(groups.end(), {&schedule, 0});
        ++group->count;
    }
    return groups;
}

void write_left_out(std::ostream& out, const ValidationBatch& batch, const char* what,
                    std::string ValidatedSchedule::*reason)
{
    Table table{{what, Align::left}, {"", Align::left}, {"reason", Align::left}};
    for (const LeftOut& group : left_out(batch, reason)) {
        const std::string others = group.count > 1 ? "and " + std::to_string(group.count - 1) + " more" : "";
        table.add({group.first->accelerator + ' ' + name_of(*group.first), others, group.first->*reason});
    }
    if (!table.empty()) out << '\n' << table;
}

/// Schedules outside tolerance, each by its row that is furthest off. \return how many
std::size_t write_outside(std::ostream& out, const ValidationBatch& batch)
{
    Table table{{"accelerator", Align::left}, {"schedule", Align::left}, {"rows outside"},
                {"estimator", Align::left},   {"furthest", Align::left}, {"deviation"}};
    std::size_t count = 0;
    for (const ValidatedSchedule& schedule : batch.schedules) {
        const auto rows = outside(schedule, batch.rules);
        if (rows.empty() || ++count > kListed) continue;
        const BatchRow& furthest = **std::max_element(
            rows.begin(), rows.end(),
            [](const BatchRow* a, const BatchRow* b) { return std::abs(a->deviation()) < std::abs(b->deviation()); });
        table.add({schedule.accelerator, name_of(schedule), counted_rows(rows.size()), predictor_of(furthest, schedule),
                   label(furthest), percent(furthest.deviation())});
    }
    if (!table.empty()) out << '\n' << table;
    if (count > kListed) out << "and " << count - kListed << " more (all in JSON and JUnit)\n";
    return count;
}

}  // namespace

std::string batch_text(const ValidationBatch& batch)
{
    TextStream out;
    out << figures(batch);
    const Table held_out = held_out_figures(batch);
    if (!held_out.empty()) out << '\n' << held_out;
    write_fitted(out, batch);
    const Table named = worst_rows(batch);
    if (!named.empty()) out << '\n' << named;
    write_left_out(out, batch, "infeasible", &ValidatedSchedule::infeasible);
    write_left_out(out, batch, "refused", &ValidatedSchedule::refused);
    const std::size_t beyond = write_outside(out, batch);
    std::size_t infeasible = 0;
    std::size_t refused = 0;
    for (const ValidatedSchedule& schedule : batch.schedules) {
        if (!schedule.infeasible.empty()) ++infeasible;
        if (!schedule.refused.empty()) ++refused;
    }
    const std::size_t compared = batch.schedules.size() - infeasible - refused;
    out << '\n' << compared - beyond << " of " << counted(compared, "schedule") << " within tolerance";
    if (infeasible > 0) out << "; " << infeasible << " infeasible";
    if (refused > 0) out << "; " << refused << " refused";
    out << '\n';
    return out.str();
}

bool ValidationBatch::within_tolerance() const
{
    return std::all_of(schedules.begin(), schedules.end(), [this](const ValidatedSchedule& schedule) {
        return schedule.refused.empty() && outside(schedule, rules).empty();
    });
}

}  // namespace plumbline::validate
