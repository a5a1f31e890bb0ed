// SPDX-License-Identifier: Apache-2.0
// How far are the estimators from the machine over many generated schedules: on average, in the worst of a hundred cases, and
// why?
//
// Kendall's tau-b ranks all schedules of an accelerator by latency, and is the mean over the accelerators that have two or more.
//
//     const GeneratedSummary summary = summarise(run);
//     if (!summary.sound()) return 1;
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plumbline/validate/generated_schedule.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Some numbers of a seed, and what came of them.
struct GeneratedRun {
    std::uint64_t seed = 1;                               ///< of all
    sim::Fidelity fidelity = sim::Fidelity::transaction;  ///< that predictions are compared with
    std::vector<GeneratedSchedule> schedules;             ///< by number
};

/// Of latency by one estimator. Deviations are fractions, percentiles are of their magnitudes (nearest rank).
struct GeneratedLatency {
    std::size_t access_rows = 0;        ///< of all schedules
    std::size_t deviating_rows = 0;     ///< of accesses, by more than kSameAccesses
    double mape = 0;                    ///< mean magnitude
    double bias = 0;                    ///< mean
    double median = 0;                  ///< half are no further off
    double p95 = 0;                     ///< 95 of 100 are no further off
    double p99 = 0;                     ///< 99 of 100 are no further off
    double worst = 0;                   ///< with its sign
    std::int64_t worst_index = 0;       ///< number of the schedule that is furthest off
    std::optional<double> kendall_tau;  ///< mean over accelerators
};

/// Cycles of `refined` that deviate for one cause.
struct GeneratedCause {
    std::string name;           ///< as in CauseCycles
    std::size_t schedules = 0;  ///< in which some do
    double too_many = 0;        ///< cycles, predicted beyond what was simulated
    double too_few = 0;         ///< cycles, the other way round
    std::size_t beyond = 0;     ///< schedules further off than kFarOff, most of it for this cause
};

/// Latencies further off than this are listed by cause: 99 of 100 should not be.
constexpr double kFarOff = 0.05;

/// What a run comes to.
struct GeneratedSummary {
    std::size_t compared = 0;                      ///< that ran
    std::size_t infeasible = 0;                    ///< of which there is no schedule
    std::size_t refused = 0;                       ///< by planner or machine: a fault
    std::array<GeneratedLatency, 2> estimators{};  ///< `uniform`, `refined`
    double simulated_cycles = 0;                   ///< of all that ran
    std::vector<GeneratedCause> causes;            ///< most cycles first
    double fidelity_mean = 0;                      ///< mean magnitude of what the other fidelity deviates
    double fidelity_worst = 0;                     ///< with its sign
    std::int64_t fidelity_worst_index = 0;         ///< number of the schedule
    std::size_t equal = 0;                         ///< outputs, bit for bit those of the reference
    std::size_t different = 0;                     ///< outputs that are not: a fault
    std::size_t not_computable = 0;                ///< runs without values

    /// No accesses of `refined` deviate, nothing was refused, and all outputs are right.
    bool sound() const { return estimators[1].deviating_rows == 0 && refused == 0 && different == 0; }
};

/// Of all schedules that ran.
GeneratedSummary summarise(const GeneratedRun& run);

/// Latency as predicted and simulated. \pre the schedule ran
Both<Cycles> latency_of(const GeneratedSchedule& schedule, Estimator estimator);

/// Of those that ran, the ones that `refined` is furthest off on, the first of equals first.
std::vector<const GeneratedSchedule*> worst_first(const GeneratedRun& run, std::size_t count);

}  // namespace plumbline::validate
#pragma GCC visibility pop
