// SPDX-License-Identifier: Apache-2.0
// Which observations are fitted to, and which are kept to judge the fit by?
//
// An error on the rows that parameters were fitted to is no accuracy. So accuracy.hpp takes HeldOutPredictions alone; these
// are made of a HeldOutSet, which only a split makes, and refuse rows of schedules that anything was fitted to. The rows of a
// schedule stay together, each stratum is split in the same proportion, and a seed decides, alike everywhere.
//
//     Split split = split_off(observations, 1.0 / 3, 7);  // fit to a third
//     Fit fit = fit_parameters(parameters, split.fit, predict, {});
//     HeldOutPredictions judged{split.held_out, predictions of split.held_out.rows(), fit.fitted_to};
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/observation.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

struct Split;

/// Observations that a split kept from fitting.
class HeldOutSet {
public:
    /// In the order in which they were observed.
    const std::vector<Observation>& rows() const { return rows_; }

private:
    explicit HeldOutSet(std::vector<Observation> rows) : rows_{std::move(rows)} {}
    friend Split split_by(const std::vector<Observation>& observations,
                          const std::function<bool(const std::string& schedule)>& fitted);

    std::vector<Observation> rows_;
};

/// Observations in two parts; each schedule is in one of them.
struct Split {
    std::vector<Observation> fit;  ///< to fit parameters to
    HeldOutSet held_out;           ///< to judge the fit by
};

/// By hand: `fitted` says of each schedule whether it is for fitting. \throws InputError where either side is empty
Split split_by(const std::vector<Observation>& observations,
               const std::function<bool(const std::string& schedule)>& fitted);
/// `share` of the schedules, rounded, are for fitting. \throws InputError where either side is empty
Split split_off(const std::vector<Observation>& observations, double share, std::uint64_t seed);
/// `count` splits; each schedule is held out in exactly one. \throws InputError where there are fewer schedules, or 1 fold
std::vector<Split> folds(const std::vector<Observation>& observations, std::size_t count, std::uint64_t seed);

/// What was predicted of rows that nothing was fitted to.
class HeldOutPredictions {
public:
    /// `fitted_to`: schedules that the predictor was fitted to (Fit::fitted_to, Calibration::fitted_to), none for one that
    /// was not. \throws InputError naming a row's schedule that is among them; a number of predictions that is not that of
    /// rows
    HeldOutPredictions(const HeldOutSet& set, std::vector<double> predicted, const std::vector<std::string>& fitted_to);

    /// What was observed.
    const std::vector<Observation>& rows() const { return rows_; }
    /// Parallel to the rows, in their units.
    const std::vector<double>& predicted() const { return predicted_; }

    /// Those of another fold. \throws InputError where a row was held out twice
    void append(const HeldOutPredictions& other);
    /// The rows that are wanted.
    HeldOutPredictions where(const std::function<bool(const Observation&)>& wanted) const;

private:
    HeldOutPredictions() = default;

    std::vector<Observation> rows_;
    std::vector<double> predicted_;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
