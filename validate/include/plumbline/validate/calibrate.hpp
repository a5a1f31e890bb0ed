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
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/calibration.hpp"
#include "plumbline/calibration_parameters.hpp"
#include "plumbline/validate/fit.hpp"
#include "plumbline/validate/held_out.hpp"
#include "plumbline/validate/lack_of_fit.hpp"
#include "plumbline/validate/quantities.hpp"
#include "plumbline/validate/schedule_features.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Predictions of each of the named schedules on this accelerator, in their order. May be called by several threads.
using RunPredictor =
    std::function<std::vector<Quantities>(const Accelerator& accelerator, const std::vector<std::string>& schedules)>;

/// Which schedules are kept to judge the fit by.
struct HoldOut {
    /// All but a share, each in turn in one of several folds, or none.
    enum class Kind : std::uint8_t { share, folds, nothing };
    Kind kind = Kind::share;        ///< which of the next two counts
    double fitted_share = 1.0 / 3;  ///< of the schedules
    std::size_t folds = 5;          ///< how many
    std::uint64_t seed = 1;         ///< of the draw; equal seeds split alike on every machine
};

/// What is fitted, from where on, and how it is judged.
struct CalibrateOptions {
    Calibration start;                    ///< what is known: values begin there, and those that are not fitted stay
    std::vector<ParameterId> parameters;  ///< those first in line are preferred; empty: all
    HoldOut hold_out;                     ///< how schedules are split
    /// By schedule, what the profile may lack a parameter for; words of memories are tried as well.
    std::map<std::string, FeatureAmounts> features = {};
    LackOfFitOptions lack_of_fit = {};  ///< how sure a feature must be
    /// Predictions are whole cycles, so effects of a parameter are known to some hundredths: what differs less from what
    /// others do is taken to be the same.
    FitOptions fit{0.95, 1e-5, 0.03, 1};
};

/// A fit, and which parameters its estimates are of.
struct ParameterFit {
    std::vector<ParameterId> parameters;  ///< all that were fitted together
    Fit fit;                              ///< estimates in the order of the parameters
};

/// Predictions of schedules that were held out, row by row.
struct Judged {
    HeldOutPredictions before;  ///< by the profile that calibration began with
    HeldOutPredictions after;   ///< by a profile that was fitted to other schedules
};

/// What a calibration found.
struct CalibrationResult {
    Calibration profile;             ///< with the fitted values, and the names of the schedules that it was fitted to
    std::vector<ParameterFit> fits;  ///< to cycles, to energy; without those for which nothing was observed
    std::optional<Judged> judged;    ///< none where nothing was held out: what was fitted to shows no accuracy
    LackOfFit lack_of_fit;           ///< features that totals follow beside the fitted parameters of cycles
    std::size_t schedules = 0;       ///< that were observed
};

/// Splits the observations, fits, and judges by what was held out.
/// \param accelerator as described
/// \throws InputError for observations or parameters that make no sense, a split that leaves a side empty, too few rows
CalibrationResult calibrate(const Accelerator& accelerator, const std::vector<Observation>& observations,
                            const RunPredictor& predict, const CalibrateOptions& options);

/// All that can be fitted, preferred ones first.
std::vector<ParameterId> parameters_of(const Accelerator& accelerator);

/// Parameters with their intervals and what cannot be told of them; deviations before and after, of held-out schedules.
std::string calibration_text(const CalibrationResult& result, const CalibrateOptions& options);
/// The same in the schema "plumbline/calibrate/1".
std::string calibration_json(const CalibrationResult& result, const CalibrateOptions& options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
