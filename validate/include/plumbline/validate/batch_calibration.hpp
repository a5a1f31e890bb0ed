// SPDX-License-Identifier: Apache-2.0
// Is `refined` truer on some schedules once its parameters were fitted to others of the same accelerator?
//
// A seeded share of what was compared, of each network alike, is fitted to (calibrate.hpp). The rest is held out: the model
// predicts its latency again, by the profile that was found, beside the rows that are there. Schedules that differ in the
// name of their mode alone (a tile as large as the map) stay on one side, or the fit would know what it is judged by.
//
//     const CalibrationResult found = calibrate_batch(accelerator, {{&validated, &workload, &schedule}, …}, options);
//     summarise_held_out(all_of(schedules)).calibrated.mape;
#pragma once

#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/validate/batch.hpp"
#include "plumbline/validate/calibrate.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// All of the same accelerator. Refers to its parts, which must outlive the call.
struct CalibrationSubject {
    ValidatedSchedule* validated;  ///< compared, with what was seen; learns its part
    const Workload* workload;      ///< that it is of
    const Schedule* schedule;      ///< that ran
};

/// Fits to a share of the subjects, and notes in each whether it was fitted to, else what the profile that was found predicts
/// of its latency.
/// \param options with a share to fit to; parameters: those of cycles unless given
/// \throws InputError as calibrate() does
CalibrationResult calibrate_batch(const Accelerator& accelerator, const std::vector<CalibrationSubject>& subjects,
                                  CalibrateOptions options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
