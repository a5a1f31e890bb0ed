// SPDX-License-Identifier: Apache-2.0
// Residuals of all rows at a point of the parameters, and their derivatives, from a predictor that gives neither.
//
// Derivatives are differences over a step, of second order: centred, or one-sided where a bound is near. The points are
// predicted by several threads; each result goes to its place, whichever thread it comes from. What is known of the point
// of the last derivatives is not predicted again: a fit comes back there with other weights, and with fewer parameters.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/validate/fit_problem.hpp"
#include "plumbline/validate/observation.hpp"

namespace plumbline::validate::detail {

class FitModel {
public:
    /// The arguments outlive it.
    FitModel(const std::vector<FitParameter>& parameters, const std::vector<Observation>& observations,
             const Predictor& predict, int threads);

    std::size_t rows() const { return observations_->size(); }
    std::size_t parameters() const { return parameters_->size(); }
    const FitParameter& parameter(std::size_t index) const { return (*parameters_)[index]; }

    /// \pre within bounds \throws InputError for a prediction that is not positive
    void evaluate(const std::vector<double>& values);
    /// The same, and derivatives by those parameters that are wanted; by the others they are 0.
    void differentiate(const std::vector<double>& values, const std::vector<bool>& wanted);

    /// sqrt(weight) * log(predicted / observed), one per row.
    const std::vector<double>& residuals() const { return residuals_; }
    double derivative(std::size_t row, std::size_t parameter) const
    {
        return wanted_[parameter] ? derivatives_[parameter][row] : 0;
    }
    std::int64_t evaluations() const { return evaluations_; }

private:
    using Points = std::vector<std::vector<double>>;

    /// Whether residuals and derivatives of this point are kept.
    bool known(const std::vector<double>& values) const { return !residuals_there_.empty() && values == there_; }
    void derive(const std::vector<std::size_t>& parameters);
    std::vector<std::vector<double>> residuals_at(const Points& points);
    std::vector<double> residuals_of(const std::vector<double>& predicted) const;

    const std::vector<FitParameter>* parameters_;
    const std::vector<Observation>* observations_;
    const Predictor* predict_;
    std::size_t threads_;
    std::vector<double> residuals_;
    std::vector<bool> wanted_;
    std::vector<double> there_;  ///< where derivatives are of, as the next three
    std::vector<double> residuals_there_;
    std::vector<std::vector<double>> derivatives_;  ///< per parameter
    std::vector<bool> derived_;                     ///< by which parameters
    std::int64_t evaluations_ = 0;
};

}  // namespace plumbline::validate::detail
