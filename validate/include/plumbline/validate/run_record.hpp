// SPDX-License-Identifier: Apache-2.0
// What someone says of one run of a schedule: the common form of everything that can be compared.
//
// A prediction of the model and the counters of the machine convert to it, and importing a file makes one (import.hpp), so
// that either side of a comparison is a file as well as a run. A run says everything: what it does not list did not
// happen. A file says what it says: the rest is unknown, and is not compared.
//
//     Comparison c = compare(accelerator, run_record_of(predict(…), "uniform"), import_run_record({"rtl.csv"}, …), {});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/sim/counters.hpp"
#include "plumbline/units.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Full-width words that crossed a memory's border, all instances together.
struct AccessEntry {
    std::optional<sim::Activity> activity;       ///< for whose sake; none: for the whole run's
    MemoryId memory = 0;                         ///< whose border they crossed
    MemoryOperand operand = MemoryOperand::i1;   ///< whose words they are
    Direction direction = Direction::read_down;  ///< as the memory sees it
    Accesses words{};                            ///< may be fractional where granules are parts of words
    std::optional<Cycles> time;                  ///< they took, one after the other; as measured, and not compared
    std::optional<Bits> bits;                    ///< of data in them, where that is known
};

/// Time of a layer over all its tiles, or of the copies before it.
struct StepEntry {
    sim::Activity activity;             ///< the computation of a layer, or the copies before it
    std::string name;                   ///< the layer's, "" for the copy of the stack's input
    Cycles cycles{};                    ///< all phases
    bool phased = false;                ///< the phases below are known
    Cycles loading{};                   ///< before the first MAC of each tile
    Cycles offloading{};                ///< after the last
    std::optional<Cycles> iterations;   ///< in `computing`; the rest of it is stalls
    std::vector<sim::ArrayWait> waits;  ///< of the machine's MAC array

    /// All that is neither loading nor offloading.
    Cycles computing() const { return cycles - loading - offloading; }
};

/// Cycles in which a port moved something.
struct PortEntry {
    MemoryId memory = 0;  ///< whose port it is
    PortId port = 0;      ///< among those of the memory
    Cycles busy{};        ///< over the whole run
};

/// Who says so.
struct Source {
    /// The prediction of the model, the counters of the machine, or what files say.
    enum class Kind : std::uint8_t { model, machine, file };
    Kind kind = Kind::file;  ///< which of these
    std::string name;        ///< the estimator of the model, the paths of files
};

/// What one source says of a run.
struct RunRecord {
    Source source;          ///< who says it
    bool complete = false;  ///< accesses and steps that are not listed did not happen; else they are unknown
    std::vector<AccessEntry> accesses;  ///< several entries of one border add up
    std::vector<StepEntry> steps;       ///< layers in the order in which they ran
    std::vector<PortEntry> ports;       ///< those that are known
    std::optional<Cycles> cycles;       ///< of the whole run
    std::optional<Picojoules> energy;   ///< of the whole run
    bool overcommitted = false;         ///< ran as if there were more space, or what it reads, than there is
};

/// What the model predicts: everything but the ports.
/// \param estimator its name, for the source
RunRecord run_record_of(const ScheduleCost& cost, std::string estimator = {});

/// What the machine counted. Energy is that of its words and MACs, at the accelerator's energies.
/// \param workload names the steps; null: the other side of a comparison does
RunRecord run_record_of(const Accelerator& accelerator, const sim::Counters& counters,
                        const Workload* workload = nullptr);

}  // namespace plumbline::validate
#pragma GCC visibility pop
