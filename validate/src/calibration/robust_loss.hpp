// SPDX-License-Identifier: Apache-2.0
// How much say a row has whose residual is that many standard deviations: the statistics of Tukey's and Huber's losses.
//
// Constants are the usual ones, for 95 % efficiency on normal noise (Huber and Ronchetti, Robust Statistics, 2009).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumbline::validate::detail {

enum class Loss : std::uint8_t { huber, tukey };

/// Where the loss begins to bend (Huber), or ends (Tukey), in standard deviations.
double cut_off(Loss loss);

/// Weight of a residual of `deviations` standard deviations under Tukey's loss: 1 at none, 0 from the cut-off on.
double tukey_weight(double deviations);
/// The same of either loss: 1 at none.
double weight(Loss loss, double deviations);
/// Derivative of `deviations * tukey_weight(deviations)`.
double tukey_slope(double deviations);

/// Robust standard deviation about 0 of residuals to which `fitted` parameters were fitted: those make as many residuals
/// small as there are, so the median is taken of the others. At least `floor`.
double spread(std::vector<double> residuals, std::size_t fitted, double floor);

/// Variance of a least-squares fit's residuals that would leave the parameters as uncertain as Tukey's loss leaves them,
/// where `noise` is their spread (Huber's variance estimate of the first kind). At least that of `floor`.
double equivalent_variance(const std::vector<double>& residuals, std::size_t fitted, double noise, double floor);

/// Half-width, in standard errors, of the interval that holds the truth with this confidence (Student's t).
double student_quantile(double confidence, std::size_t degrees_of_freedom);

}  // namespace plumbline::validate::detail
