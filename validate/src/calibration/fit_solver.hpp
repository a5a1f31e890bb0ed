// SPDX-License-Identifier: Apache-2.0
// The minimum of a robust loss over bounded parameters; its source is the only file that knows Ceres.
#pragma once

#include <vector>

#include "calibration/fit_model.hpp"
#include "calibration/robust_loss.hpp"

namespace plumbline::validate::detail {

/// Moves the free ones of `values` to the minimum of the loss at residuals whose standard deviation is `noise`; the others
/// stay. Returns whether it got there. \throws what the predictor throws
bool minimise(FitModel& model, std::vector<double>& values, const std::vector<bool>& free, Loss loss, double noise);

}  // namespace plumbline::validate::detail
