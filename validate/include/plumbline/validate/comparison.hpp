// SPDX-License-Identifier: Apache-2.0
// Where, and by how much, do prediction and simulation of one schedule differ?
//
// Both sides are sums over the whole schedule. Accesses are compared per memory, operand and direction; cycles per layer
// and per copy, by phase. A deviation is (predicted - simulated) / simulated: +0.1 means that ten percent too much was
// predicted. Every deviation that a Comparison lists is judged against a tolerance. Instead of the model or the machine,
// someone else's predictions or observations may be a side (run_record.hpp): they then stand for "predicted" and
// "simulated".
//
//     Comparison c = compare(accelerator, predict(accelerator, workload, schedule), simulate(accelerator, …), {});
//     return c.within_tolerance ? 0 : 1;
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/units.hpp"
#include "plumbline/validate/run_record.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Largest relative deviation, either way, that is still accepted.
struct Tolerances {
    double accesses = 0.10;  ///< of a memory, operand and direction
    double latency = 0.10;   ///< of a layer, of a copy and of the whole
};

/// (predicted - simulated) / simulated; 0 where both are 0, infinite where only `simulated` is.
double deviation(double predicted, double simulated);

/// The same quantity from both sides.
template <class T>
struct Both {
    T predicted{};  ///< by the model, or by whoever stands for it
    T simulated{};  ///< by the machine, or observed by whoever stands for it
    /// A fraction, as validate::deviation() says.
    double deviation() const
    {
        return validate::deviation(static_cast<double>(predicted.count()), static_cast<double>(simulated.count()));
    }
};

/// Full-width words that crossed a memory's border for an operand in a direction.
struct AccessRow {
    MemoryId memory = 0;                         ///< all its instances together
    MemoryOperand operand = MemoryOperand::i1;   ///< whose words they are
    Direction direction = Direction::read_down;  ///< as the memory sees it
    Both<Accesses> accesses;                     ///< over the whole schedule
    bool within = true;                          ///< the tolerance
};

/// Cycles of a layer (or of the copies before it) by phase. A copy is all `computing`: it has no other phase.
struct StepRow {
    std::string name;         ///< the layer's
    sim::Activity activity;   ///< the computation of a layer, or the copies before it
    bool phased = true;       ///< both sides know the phases; else all is `computing`
    Both<Cycles> computing;   ///< temporal loops and stalls
    Both<Cycles> loading;     ///< before the first MAC of each tile
    Both<Cycles> offloading;  ///< after the last
    bool within = true;       ///< the tolerance, of all phases together

    /// All phases.
    Both<Cycles> cycles() const;
};

/// Cycles in which a port moved something.
struct PortRow {
    MemoryId memory = 0;  ///< whose port it is
    PortId port = 0;      ///< among those of the memory
    Both<Cycles> busy;    ///< over the whole schedule
    bool within = true;   ///< the tolerance of latency
};

/// Stated by one side, while the other does not know.
struct OneSided {
    /// Of a comparison.
    enum class Side : std::uint8_t { predicted, simulated };
    Side side = Side::predicted;  ///< that states it
    std::string what;             ///< "sram I1 read_down", "layer conv", "latency"
    double value = 0;             ///< never 0: nobody needs to know of it
    std::string unit;             ///< "words", "cycles", "pJ"
};

/// Everything that both sides state, row by row, judged against tolerances.
struct Comparison {
    Source predicted_by;              ///< the model, or a file
    Source simulated_by;              ///< the machine, or a file
    std::vector<AccessRow> accesses;  ///< outside tolerance first, worst first; then as the hierarchy, from the MACs up
    std::vector<StepRow> layers;      ///< in the order of the schedule
    std::vector<StepRow> copies;      ///< in the order of the schedule
    std::vector<PortRow> ports;       ///< in the order of the description
    std::optional<Both<Picojoules>> energy;  ///< of the whole run; has no tolerance
    std::optional<Both<Cycles>> latency;     ///< of the whole run
    std::vector<OneSided> one_sided;         ///< what is not compared
    bool within_tolerance = true;            ///< of what both sides state
    std::string fitted_as;  ///< the profile was fitted to this schedule, under this name: latency shows no accuracy

    /// Both sides state the same quantity somewhere.
    bool anything() const
    {
        return !accesses.empty() || !layers.empty() || !copies.empty() || !ports.empty() || energy || latency;
    }
};

/// Whoever moved anything on either side has a row, unless the other side does not know.
Comparison compare(const Accelerator& accelerator, const RunRecord& predicted, const RunRecord& simulated,
                   const Tolerances& tolerances);

/// The same of the model and the machine, which both say everything.
Comparison compare(const Accelerator& accelerator, const ScheduleCost& predicted, const sim::Counters& simulated,
                   const Tolerances& tolerances);

}  // namespace plumbline::validate
#pragma GCC visibility pop
