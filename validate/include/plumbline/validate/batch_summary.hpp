// SPDX-License-Identifier: Apache-2.0
// How far is an estimator from the machine over many schedules: how many rows of accesses deviate, how far off are latency and
// energy, and does it rank schedules rightly?
//
// Kendall's tau-b ranks schedules of the same network on the same accelerator by latency, for choosing among those is what a
// ranking is for; its pairs are pooled over networks and accelerators.
//
//     for (const auto& [name, schedules] : by_accelerator(all)) summarise(schedules, Estimator::refined).mape;
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/batch.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Accesses further off than this deviate: what is less is rounding of floating-point sums.
constexpr double kSameAccesses = 1e-9;

/// The row that is furthest off; the first of equals, none where nothing is compared.
struct WorstRow {
    const ValidatedSchedule* schedule = nullptr;  ///< whose row it is; both point into the batch
    const BatchRow* row = nullptr;                ///< null: nothing was compared

    /// That of the row, a fraction; 0 where there is none.
    double deviation() const { return row == nullptr ? 0 : row->deviation(); }
};

/// Of the latency of runs.
struct LatencySummary {
    std::size_t schedules = 0;          ///< whose latency both sides state
    double mape = 0;                    ///< mean magnitude of the deviation
    double bias = 0;                    ///< mean deviation
    WorstRow worst;                     ///< the latency that is furthest off
    std::optional<double> kendall_tau;  ///< none where there is nothing to rank
};

/// How far one estimator is from the machine over a group of schedules.
struct BatchSummary {
    std::size_t schedules = 0;       ///< that were compared
    std::size_t access_rows = 0;     ///< of all of them
    std::size_t deviating_rows = 0;  ///< of accesses, by more than kSameAccesses
    WorstRow worst_accesses;         ///< row of accesses
    LatencySummary latency;          ///< but of schedules that the profile was fitted to
    WorstRow worst_energy;           ///< row of energy
};

/// Latency of schedules that nothing was fitted to.
struct HeldOutSummary {
    std::size_t fitted = 0;     ///< others, that parameters were fitted to
    LatencySummary uniform;     ///< of the held-out schedules, as described
    LatencySummary refined;     ///< likewise
    LatencySummary calibrated;  ///< `refined` with the profile that was fitted to the others
};

/// Schedules that are summarised together; they must outlive it.
using ScheduleGroup = std::vector<const ValidatedSchedule*>;

/// One group of everything, in the same order.
ScheduleGroup all_of(const std::vector<ValidatedSchedule>& schedules);
/// By name, in the order in which accelerators first occur.
std::vector<std::pair<std::string, ScheduleGroup>> by_accelerator(const std::vector<ValidatedSchedule>& schedules);

/// Of those that were compared.
BatchSummary summarise(const ScheduleGroup& schedules, Estimator estimator);
/// Of those that a calibration held out and predicted again.
HeldOutSummary summarise_held_out(const ScheduleGroup& schedules);

}  // namespace plumbline::validate
#pragma GCC visibility pop
