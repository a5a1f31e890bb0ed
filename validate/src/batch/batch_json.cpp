// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/batch_report.hpp"
#include "plumbline/validate/batch_summary.hpp"
#include "report/calibration_report.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {
namespace {

using io::ToleratedQuantity;

Json json_of(const BatchRow& row, const std::vector<io::ToleranceRule>& rules)
{
    Json json{{"estimator", name_of(row.estimator)}, {"quantity", name_of(row.quantity)}};
    if (row.quantity == ToleratedQuantity::accesses) {
        json["memory"] = row.memory;
        json["operand"] = row.operand;
        json["direction"] = row.direction;
    }
    if (row.quantity == ToleratedQuantity::layers) json["layer"] = row.step;
    if (row.quantity == ToleratedQuantity::copies) json["before_layer"] = row.step.empty() ? Json() : Json(row.step);
    json["predicted"] = row.predicted;
    json["simulated"] = row.simulated;
    json["deviation"] = finite(row.deviation());
    const auto tolerance = allowed(row, rules);
    json["tolerance"] = tolerance ? finite(*tolerance) : Json();
    return json;
}

Json json_of(const ValidatedSchedule& schedule, const std::vector<io::ToleranceRule>& rules)
{
    Json json{{"accelerator", schedule.accelerator}, {"workload", schedule.network}, {"schedule", schedule.name}};
    if (!schedule.infeasible.empty()) json["infeasible"] = schedule.infeasible;
    if (!schedule.refused.empty()) json["refused"] = schedule.refused;
    if (!schedule.compared()) return json;
    json["within_tolerance"] = outside(schedule, rules).empty();
    json["rows"] = Json::array();
    for (const BatchRow& row : schedule.rows) json["rows"].push_back(json_of(row, rules));
    if (schedule.in_profile) json["in_profile"] = true;
    if (schedule.part != Part::neither) json["calibration"] = name_of(schedule.part);
    if (schedule.calibrated) json["calibrated"] = json_of(*schedule.calibrated, rules);
    return json;
}

Json json_of(const WorstRow& worst)
{
    if (worst.row == nullptr) return {};
    return {{"deviation", finite(worst.deviation())},
            {"accelerator", worst.schedule->accelerator},
            {"workload", worst.schedule->network},
            {"schedule", worst.schedule->name},
            {"of", label(*worst.row)}};
}

Json json_of(const LatencySummary& latency)
{
    const bool timed = latency.schedules > 0;
    return {{"schedules", latency.schedules},
            {"mape", timed ? finite(latency.mape) : Json()},
            {"bias", timed ? finite(latency.bias) : Json()},
            {"worst", json_of(latency.worst)},
            {"kendall_tau", latency.kendall_tau ? Json(*latency.kendall_tau) : Json()}};
}

Json json_of(const BatchSummary& summary)
{
    return {{"schedules", summary.schedules},
            {"accesses",
             {{"rows", summary.access_rows},
              {"deviating", summary.deviating_rows},
              {"worst", json_of(summary.worst_accesses)}}},
            {"latency", json_of(summary.latency)},
            {"energy", {{"worst", json_of(summary.worst_energy)}}}};
}

Json json_of(const HeldOutSummary& summary)
{
    return {{"fitted_to", summary.fitted},
            {"uniform", json_of(summary.uniform)},
            {"refined", json_of(summary.refined)},
            {"calibrated", json_of(summary.calibrated)}};
}

Json json_of(const CalibrationResult& result, const HoldOut& hold_out)
{
    Json json{{"accelerator", result.profile.accelerator()},
              {"seed", hold_out.seed},
              {"fit_share", hold_out.fitted_share},
              {"fitted_to", result.profile.fitted_to()},
              {"fits", Json::array()}};
    for (const ParameterFit& fitted : result.fits) json["fits"].push_back(fit_json(fitted));
    return json;
}

Json summary_of(const std::string& accelerator, const ScheduleGroup& schedules, bool calibrated)
{
    Json json{{"accelerator", accelerator.empty() ? Json() : Json(accelerator)}};
    for (Estimator estimator : {Estimator::uniform, Estimator::refined})
        json[std::string{name_of(estimator)}] = json_of(summarise(schedules, estimator));
    if (calibrated) json["held_out"] = json_of(summarise_held_out(schedules));
    return json;
}

}  // namespace

std::string batch_json(const ValidationBatch& batch)
{
    Json json{{"schema", "plumbline/validate-set/1"},
              {"within_tolerance", batch.within_tolerance()},
              {"summary", Json::array()},
              {"schedules", Json::array()}};
    const bool calibrated = !batch.calibrations.empty();
    for (const auto& [name, schedules] : by_accelerator(batch.schedules))
        json["summary"].push_back(summary_of(name, schedules, calibrated));
    json["summary"].push_back(summary_of({}, all_of(batch.schedules), calibrated));
    for (const CalibrationResult& each : batch.calibrations)
        json["calibrations"].push_back(json_of(each, batch.hold_out));
    for (const ValidatedSchedule& schedule : batch.schedules)
        json["schedules"].push_back(json_of(schedule, batch.rules));
    return printed(json);
}

}  // namespace plumbline::validate
