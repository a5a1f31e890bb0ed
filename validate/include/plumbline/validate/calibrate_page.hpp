// SPDX-License-Identifier: Apache-2.0
// A calibration as one HTML page: parameters with their intervals, and predictions of held-out schedules before and after.
//
// Without held-out schedules there is no accuracy to show, and the page has parameters alone. The same calibration makes the
// same page, byte by byte; it is built like that of a verdict (validate_page.hpp).
//
//     write_file("fit.html", calibration_html(result, options, notes, assets));
#pragma once

#include <string>

#include "plumbline/validate/calibrate.hpp"
#include "plumbline/validate/validate_page.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// The page as HTML. \throws InputError where the skeleton has a name that nobody fills in
std::string calibration_html(const CalibrationResult& result, const CalibrateOptions& options, const PageNotes& notes,
                             const ValidatePageAssets& assets);

}  // namespace plumbline::validate
#pragma GCC visibility pop
