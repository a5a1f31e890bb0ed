// SPDX-License-Identifier: Apache-2.0
// Which parameters do the derivatives of the residuals tell apart?
//
// A parameter whose column is zero is insensitive. One whose column is a linear combination of the columns of the
// parameters before it, to within a small angle, is collinear; the parameters in that combination are confounded with it.
// The others are identified, and standard errors say how well. The columns of parameters that are held explain no other.
#pragma once

#include <vector>

#include "plumbline/validate/fit_problem.hpp"
#include "plumbline/validate/parameter_knowledge.hpp"

namespace plumbline::validate::detail {

/// Derivatives of the residuals: a column per parameter, a number per row.
using Columns = std::vector<std::vector<double>>;

struct Identifiability {
    std::vector<Knowledge> knowledge;     ///< per parameter
    std::vector<Indistinct> indistinct;   ///< per parameter that is insensitive, collinear or held
    std::vector<double> singular_values;  ///< of the columns that have an effect, scaled to length 1; largest first
};

Identifiability identify(const std::vector<FitParameter>& parameters, const Columns& derivatives,
                         const std::vector<bool>& free, const FitOptions& options);

/// Standard errors of those parameters that are fitted, where the residuals have this variance; 0 for the others.
std::vector<double> standard_errors(const Columns& derivatives, const std::vector<bool>& fitted, double variance);

}  // namespace plumbline::validate::detail
