// SPDX-License-Identifier: Apache-2.0
// Reports of one schedule: what is predicted, what was simulated, and how the two compare; as text for people and as JSON
// for machines.
//
// Every JSON report begins with "schema" ("plumbline/evaluate/1", …) and names what it is about. Keys are only ever added
// to a schema, never renamed. An infinite deviation is null in JSON and "n/a" in text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/mapping_cache.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

struct DeviationCauses;

/// What a report is about. Refers to its parts, which must outlive it.
struct Subject {
    const Accelerator& accelerator;  ///< as predicted and simulated
    const Workload& workload;        ///< the network
    const Schedule& schedule;        ///< of that network on that accelerator
    /// Of the mappings of the schedule; none where it was read, or searched with a limit of factors.
    std::optional<SearchProof> search = {};
    /// How long a cycle lasts: reports say time and power, too. None: cycles and energy alone.
    std::optional<sim::Period> period = {};
};

/// Tables: cost by step, by memory and operand, and what memories hold at their fullest.
std::string prediction_text(const Subject& subject, const ScheduleCost& cost);
/// The same in the schema "plumbline/evaluate/1".
std::string prediction_json(const Subject& subject, const ScheduleCost& cost);

/// Whether traffic is also listed per layer and copy; JSON always does.
enum class Detail : std::uint8_t { totals, by_step };

/// Tables: time and energy by step, traffic, ports, MAC array and memories, and findings.
/// \param functional of each output; none of a run that only counted
std::string simulation_text(const Subject& subject, const sim::Counters& counters, Detail detail = Detail::totals,
                            const std::vector<Agreement>& functional = {});
/// The same in the schema "plumbline/simulate/1".
std::string simulation_json(const Subject& subject, const sim::Counters& counters,
                            const std::vector<Agreement>& functional = {});

/// Tables of all rows, why they deviate, and a line that says whether all is within tolerance.
/// \pre `comparison` was judged by `tolerances`
/// \param why of the comparison; null: the causes of deviations are left out
std::string verdict_text(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances,
                         const DeviationCauses* why = nullptr);
/// The same in the schema "plumbline/validate/1".
std::string verdict_json(const Subject& subject, const Comparison& comparison, const Tolerances& tolerances,
                         const DeviationCauses* why = nullptr);

}  // namespace plumbline::validate
#pragma GCC visibility pop
