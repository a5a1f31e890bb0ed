// SPDX-License-Identifier: Apache-2.0
// From observed runs to a calibration profile, and how far off it is on runs that it was not fitted to.
//
// Parameters that change cycles are fitted to cycles, those that change energy to energy, by fit.hpp. What predicts is a
// function of an accelerator: the model, or the machine itself. Schedules are split by held_out.hpp: with folds, each is
// judged by a fit to the others, and the profile is fitted to all. Without a split there is a profile and no accuracy.
//
//     CalibrationResult result = calibrate(accelerator, rows, predict, {});
//     io::write_calibration(result.profile, "p.yaml");
//     result.judged->after;  // of schedules that were held out
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/calibration.hpp"
#include "plumbline/calibration_parameters.hpp"
#include "plumbline/validate/fit.hpp"
#include "plumbline/validate/held_out.hpp"
#include "plumbline/validate/quantities.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Of each of the named schedules, on this accelerator. May be called by several threads.
using RunPredictor =
    std::function<std::vector<Quantities>(const Accelerator& accelerator, const std::vector<std::string>& schedules)>;

struct HoldOut {
    enum class Kind : std::uint8_t { share, folds, nothing };
    Kind kind = Kind::share;
    double fitted_share = 1.0 / 3;  ///< of the schedules
    std::size_t folds = 5;
    std::uint64_t seed = 1;
};

struct CalibrateOptions {
    Calibration start;                    ///< what is known: values begin there, and those that are not fitted stay
    std::vector<ParameterId> parameters;  ///< those first in line are preferred; empty: all
    HoldOut hold_out;
    /// Predictions are whole cycles, so effects of a parameter are known to some hundredths: what differs less from what
    /// others do is taken to be the same.
    FitOptions fit{0.95, 1e-5, 0.03, 1};
};

struct ParameterFit {
    std::vector<ParameterId> parameters;
    Fit fit;  ///< estimates in the order of the parameters
};

/// Predictions of schedules that were held out, row by row.
struct Judged {
    HeldOutPredictions before;  ///< by the profile that calibration began with
    HeldOutPredictions after;
};

struct CalibrationResult {
    Calibration profile;
    std::vector<ParameterFit> fits;  ///< to cycles, to energy; without those for which nothing was observed
    std::optional<Judged> judged;    ///< none where nothing was held out: what was fitted to shows no accuracy
    std::size_t schedules = 0;
};

/// \param accelerator as described
/// \throws InputError for observations or parameters that make no sense, a split that leaves a side empty, too few rows
CalibrationResult calibrate(const Accelerator& accelerator, const std::vector<Observation>& observations,
                            const RunPredictor& predict, const CalibrateOptions& options);

/// All that can be fitted, preferred ones first.
std::vector<ParameterId> parameters_of(const Accelerator& accelerator);

/// Parameters with their intervals and what cannot be told of them; deviations before and after, of held-out schedules.
std::string calibration_text(const CalibrationResult& result, const CalibrateOptions& options);
std::string calibration_json(const CalibrationResult& result, const CalibrateOptions& options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
