// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "calibration/fit_model.hpp"
#include "calibration/fit_solver.hpp"
#include "calibration/identifiability.hpp"
#include "calibration/robust_loss.hpp"
#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

/// Minimum and standard deviation are found in turn; each needs the other, and a few rounds settle both.
constexpr int kRounds = 12;

/// Relative change of the standard deviation that is none. Huber's loss only prepares Tukey's.
double settled(detail::Loss loss) { return loss == detail::Loss::huber ? 0.2 : 0.01; }

void check(const FitParameter& parameter)
{
    const std::string field = "parameters." + parameter.name;
    TextStream text;
    text << parameter.least << " to " << parameter.most;
    const bool bounded = std::isfinite(parameter.least) && std::isfinite(parameter.most);
    if (!bounded || !(parameter.least < parameter.most)) {
        throw InputError{field, "has bounds " + text.str() + ", expected finite ones, the lower first"};
    }
    if (!(parameter.initial >= parameter.least && parameter.initial <= parameter.most)) {
        text << ", is " << parameter.initial;
        throw InputError{field, "expected an initial value within its bounds " + text.str()};
    }
    if (!(parameter.step > 0)) throw InputError{field, "has no positive step"};
}

void check(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations)
{
    if (parameters.empty()) throw InputError{"parameters", "are none, expected at least one to fit"};
    std::set<std::string> names;
    for (const FitParameter& parameter : parameters) {
        check(parameter);
        if (!names.insert(parameter.name).second) throw InputError{"parameters." + parameter.name, "is given twice"};
    }
    check(observations);
    if (observations.size() > parameters.size()) return;
    throw InputError{"observations", "are " + std::to_string(observations.size()) + " for " +
                                         std::to_string(parameters.size()) + " parameters, expected more"};
}

class Fitting {
public:
    Fitting(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations,
            const Predictor& predict, const FitOptions& options)
        : parameters_{&parameters},
          options_{&options},
          model_{parameters, observations, predict, options.threads},
          free_(parameters.size(), true),
          knowledge_(parameters.size(), Knowledge::identified)
    {
        for (const FitParameter& parameter : parameters) values_.push_back(parameter.initial);
    }

    /// Whoever turns out not to be identifiable is held, and the others are fitted again.
    Fit run()
    {
        do {
            solve();
        } while (hold_collinear() || hold_noise_limited());
        return result();
    }

private:
    std::size_t fitted() const { return static_cast<std::size_t>(std::count(free_.begin(), free_.end(), true)); }

    double measured_noise() const { return detail::spread(model_.residuals(), fitted(), options_->noise_floor); }

    void solve()
    {
        model_.evaluate(values_);
        noise_ = measured_noise();
        settle(detail::Loss::huber);
        settle(detail::Loss::tukey);
        for (std::size_t i = 0; i < values_.size(); ++i) leave_bound(i);
    }

    /// Predictions move in whole cycles, so the loss has minima of its own at bounds. From two steps inside, where derivatives do
    /// not reach the bound, the search begins again; where it ends with less noise, it stays there.
    void leave_bound(std::size_t i)
    {
        const FitParameter& parameter = (*parameters_)[i];
        const bool lowest = values_[i] == parameter.least;
        if (!free_[i] || (!lowest && values_[i] != parameter.most)) return;
        const std::vector<double> values = values_;
        const double noise = noise_;
        const bool converged = converged_;
        values_[i] = lowest ? std::min(parameter.least + 2 * parameter.step, parameter.most)
                            : std::max(parameter.most - 2 * parameter.step, parameter.least);
        settle(detail::Loss::tukey);
        if (noise_ < noise * (1 - settled(detail::Loss::tukey))) return;
        values_ = values;
        noise_ = noise;
        converged_ = converged;
        model_.evaluate(values_);
    }

    void settle(detail::Loss loss)
    {
        for (int round = 0; round < kRounds; ++round) {
            minimise(loss);
            model_.evaluate(values_);
            const double before = noise_;
            noise_ = measured_noise();
            if (std::abs(noise_ - before) <= settled(loss) * before) break;
        }
    }

    /// Parameters at a bound that would go further wait there: the solver's steps would go beyond it, and be short.
    void minimise(detail::Loss loss)
    {
        std::vector<bool> before;
        for (int round = 0; round < kRounds; ++round) {
            const std::vector<bool> able = able_to_move(loss);
            const bool any = std::find(able.begin(), able.end(), true) != able.end();
            if (any && able == before) return;
            converged_ = !any || detail::minimise(model_, values_, able, loss, noise_);
            if (!any) return;
            before = able;
        }
    }

    /// Those that are free, but for those that a bound keeps from where the loss is less.
    std::vector<bool> able_to_move(detail::Loss loss)
    {
        model_.differentiate(values_, free_);
        std::vector<bool> able = free_;
        for (std::size_t i = 0; i < able.size(); ++i) {
            const FitParameter& parameter = (*parameters_)[i];
            if (values_[i] == parameter.least && slope(i, loss) >= 0) able[i] = false;
            if (values_[i] == parameter.most && slope(i, loss) <= 0) able[i] = false;
        }
        return able;
    }

    /// Of the loss along a parameter, but for a positive factor. \pre derivatives are those of the values
    double slope(std::size_t parameter, detail::Loss loss) const
    {
        double slope = 0;
        for (std::size_t row = 0; row < model_.rows(); ++row) {
            const double residual = model_.residuals()[row];
            slope += detail::weight(loss, residual / noise_) * residual * model_.derivative(row, parameter);
        }
        return slope;
    }

    void differentiate() { model_.differentiate(values_, std::vector<bool>(parameters_->size(), true)); }

    detail::Columns derivatives(bool trusted) const
    {
        detail::Columns columns(parameters_->size(), std::vector<double>(model_.rows()));
        for (std::size_t row = 0; row < model_.rows(); ++row) {
            const double factor = trusted ? std::sqrt(trust(row)) : 1;
            for (std::size_t i = 0; i < columns.size(); ++i) columns[i][row] = factor * model_.derivative(row, i);
        }
        return columns;
    }

    double trust(std::size_t row) const { return detail::tukey_weight(model_.residuals()[row] / noise_); }

    /// What was held stays held.
    bool hold(std::size_t parameter, Knowledge why)
    {
        if (!free_[parameter]) return false;
        free_[parameter] = false;
        knowledge_[parameter] = why;
        values_[parameter] = (*parameters_)[parameter].initial;
        return true;
    }

    bool hold_collinear()
    {
        differentiate();
        found_ = detail::identify(*parameters_, derivatives(true), free_, *options_);
        bool held = false;
        for (std::size_t i = 0; i < parameters_->size(); ++i) {
            if (stays_initial(found_.knowledge[i])) held = hold(i, found_.knowledge[i]) || held;
        }
        return held;
    }

    /// One at a time, the last first: another may be certain once it is held.
    bool hold_noise_limited()
    {
        const std::vector<double> margins = this->margins();
        for (std::size_t i = parameters_->size(); i-- > 0;) {
            const FitParameter& parameter = (*parameters_)[i];
            const bool open = values_[i] - margins[i] <= parameter.least && values_[i] + margins[i] >= parameter.most;
            if (open && hold(i, Knowledge::noise_limited)) return true;
        }
        return false;
    }

    /// Half the width of each interval.
    std::vector<double> margins() const
    {
        const double variance =
            detail::equivalent_variance(model_.residuals(), fitted(), noise_, options_->noise_floor);
        std::vector<double> margins = detail::standard_errors(derivatives(false), free_, variance);
        const double quantile = detail::student_quantile(options_->confidence, model_.rows() - fitted());
        for (double& margin : margins) margin *= quantile;
        return margins;
    }

    Estimate estimate(std::size_t i, double margin) const
    {
        const FitParameter& parameter = (*parameters_)[i];
        Estimate estimate;
        estimate.name = parameter.name;
        estimate.value = values_[i];
        estimate.knowledge = free_[i] ? found_.knowledge[i] : knowledge_[i];
        estimate.interval = {parameter.least, parameter.most};
        if (!free_[i]) return estimate;
        estimate.at_bound = values_[i] == parameter.least || values_[i] == parameter.most;
        estimate.interval = {std::max(parameter.least, values_[i] - margin),
                             std::min(parameter.most, values_[i] + margin)};
        return estimate;
    }

    Fit result()
    {
        Fit fit;
        const std::vector<double> margins = this->margins();
        for (std::size_t i = 0; i < parameters_->size(); ++i) fit.estimates.push_back(estimate(i, margins[i]));
        for (std::size_t row = 0; row < model_.rows(); ++row) fit.trust.push_back(trust(row));
        fit.indistinct = found_.indistinct;
        fit.singular_values = found_.singular_values;
        fit.noise = noise_;
        fit.evaluations = model_.evaluations();
        fit.converged = converged_;
        return fit;
    }

    const std::vector<FitParameter>* parameters_;
    const FitOptions* options_;
    detail::FitModel model_;
    std::vector<double> values_;
    std::vector<bool> free_;
    std::vector<Knowledge> knowledge_;
    detail::Identifiability found_;
    double noise_ = 0;
    bool converged_ = false;
};

}  // namespace

std::vector<double> Fit::values() const
{
    std::vector<double> values;
    for (const Estimate& estimate : estimates) values.push_back(estimate.value);
    return values;
}

Fit fit_parameters(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations,
                   const Predictor& predict, const FitOptions& options)
{
    check(parameters, observations);
    Fit fit = Fitting{parameters, observations, predict, options}.run();
    fit.fitted_to = schedules_of(observations);
    return fit;
}

std::string in_words(const Indistinct& indistinct, const Fit& fit)
{
    TextStream text;
    for (const Indistinct::Change& change : indistinct.changes) {
        if (&change != &indistinct.changes.front()) text << " and ";
        text << (change.change < 0 ? "lowering " : "raising ") << fit.estimates[change.parameter].name << " by ";
        text.precision(3);
        text << std::abs(change.change);
    }
    text << (indistinct.changes.size() == 1 ? " changes" : " change") << " no prediction by more than noise";
    return text.str();
}

}  // namespace plumbline::validate
