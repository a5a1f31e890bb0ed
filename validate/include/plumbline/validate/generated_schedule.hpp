// SPDX-License-Identifier: Apache-2.0
// What came of one generated schedule: predicted by both estimators and simulated at both fidelities, once with data.
//
// The machine lives once per process, so the two runs are two processes; each tells the other's owner what it saw in a line.
//
//     GeneratedSchedule result = named(plan, 16);
//     note_run(result, plan, schedule, counters);        // of the fidelity that predictions are compared with
//     take_from_json_line(result, line_of_other_process);
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "plumbline/sim/counters.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/validate/batch.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/generated_plan.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What a run with data came to.
enum class Computed : std::uint8_t {
    not_run,         ///< nothing was run
    not_computable,  ///< the network has layers that cost something, but have no values
    equal,           ///< bit for bit the output of the reference
    different        ///< some other output
};
/// "not run", "not computable", "equal", "different".
std::string_view name_of(Computed computed);

/// By which cycles of a run are lost (negative: the prediction is too short) or gained: a phase, of stalls with what the
/// machine's array waits for most in the layer that deviates.
using CauseCycles = std::map<std::string, double>;

/// The cycles of the whole run, put down to causes.
CauseCycles cycles_by_cause(const DeviationCauses& causes);

/// One number of a seed.
struct GeneratedSchedule {
    std::int64_t index = 0;                 ///< the number
    ValidatedSchedule validated;            ///< rows of both estimators; or why there are none
    std::optional<Cycles> other_cycles;     ///< latency at the other fidelity
    Computed computed = Computed::not_run;  ///< whether it ran with data, and was right
    CauseCycles causes;                     ///< of the latency by `refined`
    std::string details;                    ///< accelerator, network and comparison as texts, where asked for
};

/// Without any run. Accelerator and network are called by the numbers of their first schedules.
GeneratedSchedule named(const GeneratedPlan& plan, std::int64_t index);

/// Adds what both estimators predict, compared with a run, and why `refined` deviates.
/// \param details also as texts
void note_run(GeneratedSchedule& result, const GeneratedPlan& plan, const Schedule& schedule,
              const sim::Counters& counters, bool details = false);

/// Runs with data where the network can be computed, and notes latency and output. Once per process.
void run_other(GeneratedSchedule& result, const GeneratedPlan& plan, const Schedule& schedule, sim::Fidelity fidelity);

/// One line of JSON, of all that is known.
std::string to_json_line(const GeneratedSchedule& schedule);
/// Adds what such a line says. \throws InputError where it is none
void take_from_json_line(GeneratedSchedule& schedule, const std::string& line);

}  // namespace plumbline::validate
#pragma GCC visibility pop
