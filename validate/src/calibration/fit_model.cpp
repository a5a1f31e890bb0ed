// SPDX-License-Identifier: Apache-2.0
#include "calibration/fit_model.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <exception>
#include <thread>

#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate::detail {
namespace {

/// df/dx = (of_here * f(x) + Σ factor * f(x + offset)) / step
struct Difference {
    double step;
    double of_here;
    std::array<double, 2> offset;
    std::array<double, 2> factor;
};

Difference difference_at(double value, const FitParameter& parameter)
{
    const double step = std::min(parameter.step, (parameter.most - parameter.least) / 4);
    if (value - step < parameter.least) return {step, -1.5, {step, 2 * step}, {2, -0.5}};
    if (value + step > parameter.most) return {step, 1.5, {-step, -2 * step}, {-2, 0.5}};
    return {step, 0, {-step, step}, {-0.5, 0.5}};
}

/// Calls `work(i)` for all i below `count`; of several failures the one of least i is thrown.
template <class Work>
void in_parallel(std::size_t count, std::size_t threads, Work work)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> failures(count);
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                failures[i] = std::current_exception();
            }
        }
    };
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(take);
    take();
    for (std::thread& helper : helpers) helper.join();
    for (const std::exception_ptr& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

}  // namespace

FitModel::FitModel(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations,
                   const Predictor& predict, int threads)
    : parameters_{&parameters},
      observations_{&observations},
      predict_{&predict},
      threads_{static_cast<std::size_t>(std::max(1, threads))},
      wanted_(parameters.size()),
      derivatives_(parameters.size(), std::vector<double>(observations.size())),
      derived_(parameters.size())
{}

void FitModel::evaluate(const std::vector<double>& values)
{
    residuals_ = known(values) ? residuals_there_ : residuals_at({values}).front();
}

void FitModel::differentiate(const std::vector<double>& values, const std::vector<bool>& wanted)
{
    if (!known(values)) {
        evaluate(values);
        there_ = values;
        residuals_there_ = residuals_;
        derived_.assign(parameters(), false);
    }
    residuals_ = residuals_there_;
    wanted_ = wanted;
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < parameters(); ++i)
        if (wanted[i] && !derived_[i]) missing.push_back(i);
    derive(missing);
}

void FitModel::derive(const std::vector<std::size_t>& parameters)
{
    Points points;
    for (const std::size_t i : parameters) {
        for (double offset : difference_at(there_[i], parameter(i)).offset) {
            points.push_back(there_);
            points.back()[i] += offset;
        }
    }
    const auto at = residuals_at(points);
    for (std::size_t each = 0; each < parameters.size(); ++each) {
        const std::size_t i = parameters[each];
        const Difference by = difference_at(there_[i], parameter(i));
        const auto& first = at[2 * each];
        const auto& second = at[2 * each + 1];
        for (std::size_t row = 0; row < rows(); ++row) {
            const double elsewhere = by.factor[0] * first[row] + by.factor[1] * second[row];
            derivatives_[i][row] = (by.of_here * residuals_there_[row] + elsewhere) / by.step;
        }
        derived_[i] = true;
    }
}

std::vector<std::vector<double>> FitModel::residuals_at(const Points& points)
{
    std::vector<std::vector<double>> results(points.size());
    in_parallel(points.size(), threads_, [&](std::size_t i) { results[i] = residuals_of((*predict_)(points[i])); });
    evaluations_ += static_cast<std::int64_t>(points.size());
    return results;
}

std::vector<double> FitModel::residuals_of(const std::vector<double>& predicted) const
{
    if (predicted.size() != rows()) {
        throw InputError{"predictions", "are " + std::to_string(predicted.size()) + ", expected one for each of " +
                                            std::to_string(rows()) + " observations"};
    }
    std::vector<double> residuals;
    for (std::size_t i = 0; i < rows(); ++i) {
        const Observation& row = (*observations_)[i];
        if (!std::isfinite(predicted[i]) || predicted[i] <= 0) {
            TextStream text;
            text << "'" << row.quantity << "' of '" << row.schedule << "' is " << predicted[i]
                 << ", expected a positive number";
            throw InputError{"predictions[" + std::to_string(i) + ']', text.str()};
        }
        residuals.push_back(std::sqrt(row.weight) * std::log(predicted[i] / row.observed));
    }
    return residuals;
}

}  // namespace plumbline::validate::detail
