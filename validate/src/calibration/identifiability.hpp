// SPDX-License-Identifier: Apache-2.0
// Which parameters do the derivatives of the residuals tell apart?
//
// A parameter without an effect is unseen. One whose effect the parameters before it can imitate, to within a small
// angle, is imitated; those that imitate it are seen only together with it. The others are identified, and how well is
// said by their standard errors. Parameters that are held already imitate nobody.
#pragma once

#include <vector>

#include "plumbline/validate/fit.hpp"

namespace plumbline::validate::detail {

/// Derivatives of the residuals: a column per parameter, a number per row.
using Columns = std::vector<std::vector<double>>;

struct Identifiability {
    std::vector<Knowledge> knowledge;     ///< per parameter
    std::vector<Indistinct> indistinct;   ///< per parameter that is unseen, imitated or held
    std::vector<double> singular_values;  ///< of the columns that have an effect, scaled to length 1; largest first
};

Identifiability identify(const std::vector<FitParameter>& parameters, const Columns& derivatives,
                         const std::vector<bool>& free, const FitOptions& options);

/// Standard errors of those parameters that are fitted, where the residuals have this variance; 0 for the others.
std::vector<double> standard_errors(const Columns& derivatives, const std::vector<bool>& fitted, double variance);

}  // namespace plumbline::validate::detail
