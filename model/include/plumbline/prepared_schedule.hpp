// SPDX-License-Identifier: Apache-2.0
// What does a schedule cost, asked a million times for other energies of the same hardware?
//
// An optimiser that tries technologies, or a simulator that asks at each step, needs an answer in less than a microsecond. How
// many words a schedule moves and how many cycles it takes depend on shapes and times of the hardware; what a word, a MAC and
// the dispatch of a step cost are factors. The first are worked out once, the second are given anew each time: nothing is
// searched, and nothing is allocated. Other timings of memories are schedule_cycles.hpp's.
//
//     PreparedSchedule prepared{accelerator, workload, schedule};
//     Rates rates = rates_of(accelerator);
//     rates.words[sram].read = Picojoules{3};
//     prepared.predict(rates).energy;
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// Energies of a memory.
struct WordRates {
    Picojoules read{};   ///< of a full-width word
    Picojoules write{};  ///< of a full-width word
};

/// What a schedule's cost is proportional to.
struct Rates {
    Picojoules mac{};              ///< of one multiply-accumulate operation
    std::vector<WordRates> words;  ///< by MemoryId
    Cycles dispatch{};             ///< before each step
};
/// As its description has them.
Rates rates_of(const Accelerator& accelerator);

/// Sums over all tiles.
struct PredictedCost {
    Picojoules energy{};  ///< of MACs and memories
    Cycles latency{};     ///< all phases, one after the other
};

/// A layer of a schedule, or the copies before one.
struct PreparedPart {
    /// Words of a memory, full-width.
    struct Words {
        MemoryId memory = 0;  ///< of the accelerator
        Accesses reads{};     ///< in both directions
        Accesses writes{};    ///< in both directions
    };
    bool copies = false;           ///< or a layer
    std::optional<LayerId> layer;  ///< or that before which copies come; none: a stack's input
    std::int64_t macs = 0;         ///< multiply-accumulate operations
    std::int64_t steps = 0;        ///< on all tiles
    Cycles latency{};              ///< without dispatch
    std::vector<Words> words;      ///< of each memory that it uses

    /// \pre `rates` has all memories
    PredictedCost predict(const Rates& rates) const noexcept;
};

/// Constant once built: threads may share it.
class PreparedSchedule {
public:
    /// \throws InputError where the schedule does not fit accelerator and workload
    PreparedSchedule(const Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     Estimator estimator = kDefaultEstimator);

    /// Layers, then copies, both in the order of the schedule.
    const std::vector<PreparedPart>& parts() const { return parts_; }
    /// Of all parts, as predict() of schedule_cost.hpp has it on an accelerator of such rates. Does not allocate.
    /// \pre `rates` has as many memories as the accelerator
    PredictedCost predict(const Rates& rates) const noexcept { return all_.predict(rates); }

private:
    std::vector<PreparedPart> parts_;
    PreparedPart all_;
};

}  // namespace plumbline
#pragma GCC visibility pop
