// SPDX-License-Identifier: Apache-2.0
// What is given to a fit: the parameters with their bounds, the function that predicts, and how sure the result must be.
//
// fit.hpp solves the problem. These types stand by themselves, so that the parts of the solver need not know its result.
//
//     const FitParameter efficiency{"efficiency", 1, 0.01, 1, 0.001};
//     const Predictor predict = [&](const std::vector<double>& values) { return cycles_at(values.front()); };
#pragma once

#include <functional>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// One value that is looked for. All numbers are in the parameter's own unit.
struct FitParameter {
    std::string name;     ///< unique in a fit
    double initial = 0;   ///< where the search begins, and what stays of a parameter that cannot be told
    double least = 0;     ///< bound, which the value may take
    double most = 1;      ///< likewise
    double step = 0.001;  ///< for derivatives; large enough to show in predictions that are rounded to whole cycles
};

/// Predictions of all rows, in their order, positive; equal parameters give equal predictions. Called by as many threads as
/// FitOptions says.
using Predictor = std::function<std::vector<double>(const std::vector<double>& parameters)>;

/// How a fit judges what it finds.
struct FitOptions {
    double confidence = 0.95;       ///< of the intervals, as a fraction
    double noise_floor = 1e-6;      ///< relative; residuals below it are rounding, effects below it are none
    double collinear_below = 1e-3;  ///< sine of the angle between a parameter's effect and what the others can do
    int threads = 1;                ///< that call the predictor at the same time; no result depends on it
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
