// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/batch_calibration.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include "plumbline/validate/model_predictor.hpp"

namespace plumbline::validate {
namespace {

using Subjects = std::vector<CalibrationSubject>;

std::string name_of(const CalibrationSubject& subject)
{
    return subject.validated->network + ' ' + subject.validated->name;
}

/// Of each, the first that does the same.
std::vector<std::size_t> firsts_of(const Subjects& subjects)
{
    std::vector<std::size_t> firsts;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        const auto same = [&](const CalibrationSubject& other) {
            return other.validated->network == subjects[i].validated->network &&
                   same_steps(*other.schedule, *subjects[i].schedule);
        };
        const auto first = std::find_if(subjects.begin(), subjects.end(), same);
        firsts.push_back(static_cast<std::size_t>(std::distance(subjects.begin(), first)));
    }
    return firsts;
}

/// Totals of held-out schedules, by name.
std::map<std::string, double> predicted_totals(const HeldOutPredictions& judged)
{
    std::map<std::string, double> totals;
    for (std::size_t i = 0; i < judged.rows().size(); ++i)
        if (judged.rows()[i].quantity == "total") totals[judged.rows()[i].schedule] = judged.predicted()[i];
    return totals;
}

void note(ValidatedSchedule& schedule, const std::string& first, const std::set<std::string>& fitted,
          const std::map<std::string, double>& totals)
{
    schedule.part = fitted.count(first) > 0 ? Part::fitted : Part::held_out;
    const auto seen = schedule.seen.find("total");
    if (schedule.part == Part::fitted || totals.count(first) == 0 || seen == schedule.seen.end()) return;
    BatchRow row;
    row.estimator = Estimator::refined;
    row.quantity = io::ToleratedQuantity::latency;
    row.predicted = totals.at(first);
    row.simulated = seen->second;
    schedule.calibrated = row;
}

}  // namespace

CalibrationResult calibrate_batch(const Accelerator& accelerator, const Subjects& subjects, CalibrateOptions options)
{
    const std::vector<std::size_t> firsts = firsts_of(subjects);
    ModelPredictor predict{accelerator, Estimator::refined};
    std::vector<Observation> rows;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        const CalibrationSubject& subject = subjects[i];
        if (firsts[i] != i) continue;
        predict.add(name_of(subject), *subject.workload, *subject.schedule);
        const auto of_it = observations_of(name_of(subject), subject.validated->network, subject.validated->seen);
        rows.insert(rows.end(), of_it.begin(), of_it.end());
    }
    if (options.parameters.empty()) options.parameters = latency_parameters_of(accelerator);
    const auto predictor = [&predict](const Accelerator& real, const std::vector<std::string>& names) {
        return predict(real, names);
    };
    CalibrationResult result = calibrate(accelerator, rows, predictor, options);
    const std::vector<std::string>& fitted_to = result.profile.fitted_to();
    const std::set<std::string> fitted{fitted_to.begin(), fitted_to.end()};
    const auto totals = result.judged ? predicted_totals(result.judged->after) : std::map<std::string, double>{};
    for (std::size_t i = 0; i < subjects.size(); ++i)
        note(*subjects[i].validated, name_of(subjects[firsts[i]]), fitted, totals);
    return result;
}

}  // namespace plumbline::validate
