// SPDX-License-Identifier: Apache-2.0
// The report of a calibration in parts, for reports of any form.
#pragma once

#include <string>

#include "plumbline/validate/calibrate.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

/// What there is to say where nothing was held out.
inline constexpr const char* kNoAccuracy =
    "No accuracy: nothing was held out, and deviations on the schedules that were fitted to would be none.";

/// The rows that are the cycles of whole runs.
HeldOutPredictions totals_of(const HeldOutPredictions& judged);
/// "18 schedules, fitted to 6 (seed 1)".
std::string how_split(const CalibrationResult& result, const HoldOut& hold_out);
/// Parameters, and what cannot be told of them.
Json fit_json(const ParameterFit& fitted);
Table parameter_table(const ParameterFit& fitted);
/// What residuals follow that no parameter stands for.
Table missing_table(const LackOfFit& lack);
/// Of held-out rows by quantity, then by network where there are several.
Table accuracy_table(const Judged& judged);

}  // namespace plumbline::validate
