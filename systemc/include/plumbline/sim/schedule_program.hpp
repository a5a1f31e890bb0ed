// SPDX-License-Identifier: Apache-2.0
// A schedule compiled for a machine: what each layer and copy does in each tile class, for `Machine` to run.
//
// Compiling needs no simulation kernel, so whatever does not fit is said before one starts.
//
//     const ScheduleProgram program = compile(accelerator, workload, schedule);
//     Machine machine{"machine", accelerator, program};
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/overcommit.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

struct CompiledSchedule;
struct OffChipLayout;

/// Immutable. Copies share what was compiled; references that it returns are valid as long as one of them lives.
class ScheduleProgram {
public:
    /// For `compile`. \pre not null
    explicit ScheduleProgram(std::shared_ptr<const CompiledSchedule> compiled);

    /// Of the machines that can run it.
    Fidelity fidelity() const;
    /// Tiles of all stacks.
    std::int64_t tiles() const;
    /// Per memory: most that its regions hold in any step, in one instance.
    std::vector<Bits> peak_held() const;
    /// Where it expects tensors in off-chip memory.
    const OffChipLayout& off_chip() const;
    /// Empty unless overcommitment was to be reported.
    const Findings& findings() const;
    /// What a machine runs; opaque outside of the library.
    const CompiledSchedule& compiled() const { return *compiled_; }

private:
    std::shared_ptr<const CompiledSchedule> compiled_;
};

/// Which classes of tiles are to run; all where it is empty. The others are left out: they do nothing and take no time.
using TileFilter = std::function<bool(const TileClass&)>;

/// \pre `check(schedule, accelerator, workload)` passes
/// \throws InputError where a transfer or a copy has no way to go, where something does not fit a memory, and where a
/// layer reads what is not there; the latter two unless they are to be reported
ScheduleProgram compile(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                        Overcommit overcommit = Overcommit::refuse, Fidelity fidelity = Fidelity::transaction,
                        const TileFilter& wanted = {});

}  // namespace plumbline::sim
#pragma GCC visibility pop
