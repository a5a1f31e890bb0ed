// SPDX-License-Identifier: Apache-2.0
#include "calibration/robust_loss.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plumbline::validate::detail {
namespace {

constexpr double kHuberCut = 1.345;
constexpr double kTukeyCut = 4.685;
/// Standard deviation of normal noise whose median magnitude is 1.
constexpr double kPerMedian = 1.4826;
/// Beyond so many, Student's distribution is that of fewer to all digits that matter.
constexpr std::size_t kAsGoodAsNormal = 2000;

/// Probability that Student's t lies within ±t (Abramowitz and Stegun 26.7.3 and 26.7.4).
double student_within(double t, std::size_t degrees)
{
    const double freedom = static_cast<double>(degrees);
    const double angle = std::atan(t / std::sqrt(freedom));
    const double cosine = std::cos(angle);
    const bool odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (std::size_t i = odd ? 3 : 2; i + 1 < degrees; i += 2) {
        const double k = static_cast<double>(i);
        term *= cosine * cosine * (k - 1) / k;
        sum += term;
    }
    const double pi = std::acos(-1.0);
    return odd ? 2 / pi * (angle + std::sin(angle) * sum) : std::sin(angle) * sum;
}

}  // namespace

double cut_off(Loss loss) { return loss == Loss::huber ? kHuberCut : kTukeyCut; }

double weight(Loss loss, double deviations)
{
    if (loss == Loss::tukey) return tukey_weight(deviations);
    return std::min(1.0, kHuberCut / std::max(std::abs(deviations), kHuberCut));
}

double tukey_weight(double deviations)
{
    const double u = deviations / kTukeyCut;
    return std::abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
}

double tukey_slope(double deviations)
{
    const double u = deviations / kTukeyCut;
    return std::abs(u) < 1 ? (1 - u * u) * (1 - 5 * u * u) : 0;
}

double spread(std::vector<double> residuals, std::size_t fitted, double floor)
{
    for (double& residual : residuals) residual = std::abs(residual);
    std::sort(residuals.begin(), residuals.end());
    const std::size_t skipped = std::min(fitted, residuals.size() - 1);
    const std::size_t lower = skipped + (residuals.size() - skipped - 1) / 2;
    const std::size_t upper = skipped + (residuals.size() - skipped) / 2;
    return std::max(floor, kPerMedian * (residuals[lower] + residuals[upper]) / 2);
}

double equivalent_variance(const std::vector<double>& residuals, std::size_t fitted, double noise, double floor)
{
    const double rows = static_cast<double>(residuals.size());
    double squares = 0;
    double slope = 0;
    double slope_squares = 0;
    for (double residual : residuals) {
        const double u = residual / noise;
        squares += std::pow(u * tukey_weight(u), 2);
        slope += tukey_slope(u) / rows;
        slope_squares += std::pow(tukey_slope(u), 2) / rows;
    }
    const double spread_of_slope = std::max(0.0, slope_squares / (slope * slope) - 1);
    const double correction = 1 + static_cast<double>(fitted) / rows * spread_of_slope;
    const double mean_square = squares / (rows - static_cast<double>(fitted));
    return std::max(floor * floor, std::pow(noise * correction / slope, 2) * mean_square);
}

double student_quantile(double confidence, std::size_t degrees_of_freedom)
{
    const std::size_t degrees = std::min(std::max<std::size_t>(degrees_of_freedom, 1), kAsGoodAsNormal);
    double low = 0;
    double high = 1;
    while (student_within(high, degrees) < confidence) high *= 2;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        (student_within(middle, degrees) < confidence ? low : high) = middle;
    }
    return high;
}

}  // namespace plumbline::validate::detail
