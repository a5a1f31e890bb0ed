// SPDX-License-Identifier: Apache-2.0
// Tells the accesses of programs to off-chip memory in which area of its layout their data lies.
#pragma once

#include "compiler/compiled_schedule.hpp"
#include "plumbline/sim/off_chip_layout.hpp"

namespace plumbline::sim {

struct OffChipPlacement {
    const plumbline::Accelerator& accelerator;
    const Workload& workload;
    const OffChipLayout& layout;

    void place(LayerProgram& program, const ComputeStep& step) const;
    /// \pre the programs are those of the step's copies, in order
    void place(CopyProgram& program, const CopyStep& step) const;
};

}  // namespace plumbline::sim
