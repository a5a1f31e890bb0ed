// SPDX-License-Identifier: Apache-2.0
// What a ScheduleProgram holds: programs of all layers and copies of a schedule, per stack and tile class.
//
// The sequencer runs them step by step; whoever only counts adds up their accesses.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "compiler/layer_program.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/sim/activity.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/off_chip_layout.hpp"
#include "plumbline/sim/overcommit.hpp"

namespace plumbline::sim {

/// What the regions of each memory hold, in one instance, in the tile of the class that holds most there.
struct StepOccupancy {
    std::vector<Bits> during;  ///< the step, second blocks included
    std::vector<Bits> after;   ///< when it is over
};

/// Copies that run at the same time: the hops of each.
struct CopyProgram {
    std::size_t activity = 0;
    std::vector<std::vector<Transfer>> copies;
    StepOccupancy held;
};

struct ComputeProgram {
    std::size_t activity = 0;
    LayerProgram layer;
    StepOccupancy held;
};

using StepProgram = std::variant<CopyProgram, ComputeProgram>;

struct TileProgram {
    std::int64_t count = 1;  ///< tiles of this class
    std::vector<StepProgram> steps;
};

struct StackProgram {
    std::vector<TileProgram> classes;
    std::vector<std::size_t> tiles;  ///< class of each tile, in the order in which they run: row by row
    std::int64_t columns = 1;        ///< tiles in a row
};

struct CompiledSchedule {
    std::string accelerator;                    ///< name of what it was compiled for
    Fidelity fidelity = Fidelity::transaction;  ///< of the machines that can run it
    std::vector<Activity> activities;           ///< numbered by the programs, in order of first occurrence
    std::vector<StackProgram> stacks;
    OffChipLayout off_chip;
    Findings findings;  ///< empty unless they were to be reported

    std::int64_t tiles() const;
    /// Most copies that run at the same time.
    std::size_t most_copies() const;
    /// Per memory: most that it holds in any step.
    std::vector<Bits> peak_held() const;
};

}  // namespace plumbline::sim
