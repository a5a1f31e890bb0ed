// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

#include "calibration/fit_model.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/error.hpp"

namespace plumbline::validate {
namespace {

using Parameters = std::vector<ParameterId>;

QuantityKind kind_of(const ParameterId& id)
{
    return id.parameter == CalibrationParameter::energy_scale ? QuantityKind::energy : QuantityKind::cycles;
}

/// Cycles before something begins are whole ones in prediction and machine.
bool counts_whole_cycles(const ParameterId& id)
{
    return id.parameter == CalibrationParameter::access_latency || id.parameter == CalibrationParameter::dispatch;
}

std::vector<bool> are_fitted(const Fit& fit)
{
    std::vector<bool> fitted;
    for (const Estimate& each : fit.estimates) fitted.push_back(!stays_initial(each.knowledge));
    return fitted;
}

Calibration with_all(Calibration profile, const Parameters& parameters, const std::vector<double>& values)
{
    for (std::size_t i = 0; i < parameters.size(); ++i) profile = with(profile, parameters[i], values[i]);
    return profile;
}

/// Predictions of the rows, in their order. What takes no time by the model and some in fact is off, but not infinitely.
std::vector<double> predictions(const std::vector<Observation>& rows, const Accelerator& accelerator,
                                const RunPredictor& predict)
{
    constexpr double kLeast = 1;
    const std::vector<std::string> schedules = schedules_of(rows);
    const std::vector<Quantities> runs = predict(accelerator, schedules);
    std::map<std::string, const Quantities*> of_schedule;
    for (std::size_t i = 0; i < schedules.size(); ++i) of_schedule[schedules[i]] = &runs[i];
    std::vector<double> predicted;
    for (const Observation& row : rows) {
        const Quantities& run = *of_schedule.at(row.schedule);
        const auto found = run.find(row.quantity);
        predicted.push_back(std::max(found == run.end() ? 0 : found->second, kLeast));
    }
    return predicted;
}

class Calibrating {
public:
    Calibrating(const Accelerator& accelerator, const RunPredictor& predict, const CalibrateOptions& options)
        : accelerator_{accelerator},
          predict_{predict},
          options_{options},
          start_{accelerator.name(), options.start.memories(), options.start.top(), options.start.steps(),
                 options.start.fitted_to()},
          parameters_{options.parameters.empty() ? parameters_of(accelerator) : options.parameters}
    {
        check(options.start, accelerator);
    }

    struct Fitted {
        Calibration profile;
        std::vector<ParameterFit> fits;
    };

    Fitted fit(const std::vector<Observation>& rows) const
    {
        Fitted fitted{start_, {}};
        for (QuantityKind kind : {QuantityKind::cycles, QuantityKind::energy}) {
            const std::vector<Observation> told = rows_of(rows, kind);
            const Parameters parameters = parameters_of_kind(kind);
            if (told.empty() || parameters.empty()) continue;
            fitted.fits.push_back({parameters, fit(told, parameters)});
            adopt(fitted.profile, fitted.fits.back());
        }
        if (fitted.fits.empty()) throw InputError{"parameters", "nothing that was observed tells of any of them"};
        const Calibration& found = fitted.profile;
        fitted.profile = {found.accelerator(), found.memories(), found.top(), found.steps(), fitted_to(rows)};
        return fitted;
    }

    /// Of the totals of all schedules, those that were held out as well.
    LackOfFit lack_of_fit(const std::vector<Observation>& observations, const Fitted& fitted) const
    {
        std::vector<Observation> rows;
        std::copy_if(observations.begin(), observations.end(), std::back_inserter(rows),
                     [](const Observation& row) { return row.quantity == "total"; });
        const auto cycles = std::find_if(fitted.fits.begin(), fitted.fits.end(), [](const ParameterFit& fit) {
            return kind_of(fit.parameters.front()) == QuantityKind::cycles;
        });
        if (rows.empty() || cycles == fitted.fits.end()) return {};
        Unexplained data = unexplained(rows, *cycles);
        const Accelerator accelerator = calibrated(accelerator_, fitted.profile);
        data.predicted = predictions(rows, accelerator, predict_);
        data.features = features(schedules_of(rows), accelerator);
        return validate::lack_of_fit(data, options_.lack_of_fit);
    }

    HeldOutPredictions judge(const HeldOutSet& set, const Calibration& profile) const
    {
        return {set, predictions(set.rows(), calibrated(accelerator_, profile), predict_), profile.fitted_to()};
    }
    const Calibration& start() const { return start_; }

private:
    static std::vector<Observation> rows_of(const std::vector<Observation>& all, QuantityKind kind)
    {
        std::vector<Observation> rows;
        std::copy_if(all.begin(), all.end(), std::back_inserter(rows),
                     [kind](const Observation& row) { return validate::kind_of(row.quantity) == kind; });
        return rows;
    }

    /// What the start was fitted to, too: its values live on.
    std::vector<std::string> fitted_to(const std::vector<Observation>& rows) const
    {
        std::vector<std::string> names = start_.fitted_to();
        for (std::string& name : schedules_of(rows))
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
        return names;
    }

    Parameters parameters_of_kind(QuantityKind kind) const
    {
        Parameters parameters;
        std::copy_if(parameters_.begin(), parameters_.end(), std::back_inserter(parameters),
                     [kind](const ParameterId& id) { return kind_of(id) == kind; });
        return parameters;
    }

    std::vector<FitParameter> bounded(const Parameters& parameters) const
    {
        std::vector<FitParameter> bounded;
        for (const ParameterId& id : parameters) {
            const ParameterFacts& facts = facts_of(id.parameter);
            bounded.push_back({name_of(id), value_of(start_, id), facts.search_least, facts.most, facts.step});
        }
        return bounded;
    }

    /// \pre the arguments outlive what is returned
    Predictor predictor(const std::vector<Observation>& rows, const Parameters& parameters) const
    {
        return [&](const std::vector<double>& values) {
            return predictions(rows, calibrated(accelerator_, with_all(start_, parameters, values)), predict_);
        };
    }

    Fit fit(const std::vector<Observation>& rows, const Parameters& parameters) const
    {
        return fit_parameters(bounded(parameters), rows, predictor(rows, parameters), options_.fit);
    }

    /// Residuals and derivatives by those parameters that are fitted.
    Unexplained unexplained(const std::vector<Observation>& rows, const ParameterFit& fitted) const
    {
        const std::vector<FitParameter> parameters = bounded(fitted.parameters);
        const Predictor predict = predictor(rows, fitted.parameters);
        detail::FitModel model{parameters, rows, predict, options_.fit.threads};
        const std::vector<bool> wanted = are_fitted(fitted.fit);
        model.differentiate(fitted.fit.values(), wanted);
        Unexplained data;
        data.residuals = model.residuals();
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!wanted[i]) continue;
            std::vector<double>& effect =
                data.effects.emplace_back(ParameterEffect{parameters[i].name, {}}).derivatives;
            for (std::size_t row = 0; row < rows.size(); ++row) effect.push_back(model.derivative(row, i));
        }
        return data;
    }

    /// Those given, and words of memories.
    std::vector<Feature> features(const std::vector<std::string>& schedules, const Accelerator& accelerator) const
    {
        const std::vector<Quantities> runs = predict_(accelerator, schedules);
        std::vector<FeatureAmounts> amounts;
        for (std::size_t i = 0; i < schedules.size(); ++i) {
            const auto given = options_.features.find(schedules[i]);
            amounts.push_back(given == options_.features.end() ? FeatureAmounts{} : given->second);
            for (const auto& [name, amount] : runs[i])
                if (validate::kind_of(name) == QuantityKind::words) amounts.back()[name] = amount;
        }
        return features_of(amounts);
    }

    /// Whole cycles where there are no others: half a cycle either way is the same prediction.
    static void adopt(Calibration& profile, ParameterFit& fitted)
    {
        for (std::size_t i = 0; i < fitted.parameters.size(); ++i) {
            const ParameterId& id = fitted.parameters[i];
            Estimate& estimate = fitted.fit.estimates[i];
            if (counts_whole_cycles(id)) {
                const ParameterFacts& facts = facts_of(id.parameter);
                estimate.value = std::round(estimate.value);
                estimate.interval.least = std::max(estimate.interval.least - 0.5, facts.least);
                estimate.interval.most = std::min(estimate.interval.most + 0.5, facts.most);
            }
            profile = with(profile, id, estimate.value);
        }
    }

    const Accelerator& accelerator_;
    const RunPredictor& predict_;
    const CalibrateOptions& options_;
    Calibration start_;
    Parameters parameters_;
};

void judge(CalibrationResult& result, const Calibrating& calibrating, const HeldOutSet& set, const Calibration& profile)
{
    Judged judged{calibrating.judge(set, calibrating.start()), calibrating.judge(set, profile)};
    if (!result.judged) {
        result.judged = std::move(judged);
        return;
    }
    result.judged->before.append(judged.before);
    result.judged->after.append(judged.after);
}

}  // namespace

std::vector<ParameterId> parameters_of(const Accelerator& accelerator)
{
    std::vector<ParameterId> parameters = latency_parameters_of(accelerator);
    const std::vector<ParameterId> energies = energy_parameters_of(accelerator);
    parameters.insert(parameters.end(), energies.begin(), energies.end());
    return parameters;
}

CalibrationResult calibrate(const Accelerator& accelerator, const std::vector<Observation>& observations,
                            const RunPredictor& predict, const CalibrateOptions& options)
{
    check(observations);
    const Calibrating calibrating{accelerator, predict, options};
    const HoldOut& hold_out = options.hold_out;
    CalibrationResult result;
    result.schedules = schedules_of(observations).size();
    std::vector<Observation> rows = observations;
    if (hold_out.kind == HoldOut::Kind::folds) {
        for (const Split& fold : folds(observations, hold_out.folds, hold_out.seed))
            judge(result, calibrating, fold.held_out, calibrating.fit(fold.fit).profile);
    }
    std::optional<Split> split;
    if (hold_out.kind == HoldOut::Kind::share) {
        split = split_off(observations, hold_out.fitted_share, hold_out.seed);
        rows = split->fit;
    }
    Calibrating::Fitted fitted = calibrating.fit(rows);
    if (split) judge(result, calibrating, split->held_out, fitted.profile);
    result.lack_of_fit = calibrating.lack_of_fit(observations, fitted);
    result.profile = std::move(fitted.profile);
    result.fits = std::move(fitted.fits);
    return result;
}

}  // namespace plumbline::validate
