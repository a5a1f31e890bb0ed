// SPDX-License-Identifier: Apache-2.0
// Which values of the parameters make predictions fit observations, how sure is that, and what cannot be seen at all?
//
// Residuals are sqrt(weight) * log(predicted / observed): a factor too much weighs as a factor too little, and rows of a
// thousand and of a million cycles count alike ((predicted - observed) / observed would prefer what predicts too little).
// The loss is Tukey's biweight, cut off at 4.685 robust standard deviations (1.4826 times the median residual): rows far
// off have no say, and nothing is lost where all are sound (95 % efficiency). It begins where Huber's loss (1.345 standard
// deviations), which has one minimum, ends. Bounds hold at every evaluation but those of derivatives, which keep them, too.
//
//     Fit fit = fit_parameters({{"efficiency", 1, 0.01, 1, 0.001}}, observations, predict, {});
//     fit.estimates[0].value;     // 0.87
//     fit.estimates[0].interval;  // 0.868 to 0.872, with 95 % confidence
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "plumbline/validate/fit_problem.hpp"
#include "plumbline/validate/observation.hpp"
#include "plumbline/validate/parameter_knowledge.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Where a value lies with the confidence that was asked for, in the parameter's unit.
struct Interval {
    double least = 0;  ///< lower end
    double most = 0;   ///< upper end
    /// Both ends included.
    bool contains(double value) const { return value >= least && value <= most; }
};

/// What was found of one parameter.
struct Estimate {
    std::string name;   ///< the parameter's
    double value = 0;   ///< in its unit
    Interval interval;  ///< within the bounds; all of them where the value is but the initial one
    Knowledge knowledge = Knowledge::identified;  ///< whether the observations say anything about it
    bool at_bound = false;                        ///< the fit would go further if it could
};

/// The result of a fit.
struct Fit {
    std::vector<Estimate> estimates;      ///< one per parameter
    std::vector<Indistinct> indistinct;   ///< one per parameter that stays at its initial value
    std::vector<double> singular_values;  ///< of the derivatives, columns scaled to length 1; largest first
    std::vector<double> trust;            ///< per row, the weight that the loss left it: 1 all, 0 none
    double noise = 0;                     ///< robust standard deviation of the residuals, relative
    std::vector<std::string> fitted_to;   ///< schedules
    std::int64_t evaluations = 0;         ///< calls of the predictor
    bool converged = false;               ///< the solver reached a minimum within its iterations

    /// Those of the estimates, in the order of the parameters.
    std::vector<double> values() const;
};

/// Parameters that come first are fitted rather than those after them, where both do the same.
/// \throws InputError for bounds or observations that make no sense, fewer rows than parameters, a prediction that is not
/// positive; whatever the predictor throws
Fit fit_parameters(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations,
                   const Predictor& predict, const FitOptions& options);

/// "raising refresh_share by 0.01 and raising efficiency by 0.0095 change no prediction by more than noise".
std::string in_words(const Indistinct& indistinct, const Fit& fit);

}  // namespace plumbline::validate
#pragma GCC visibility pop
