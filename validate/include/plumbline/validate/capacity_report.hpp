// SPDX-License-Identifier: Apache-2.0
// Which schedules need more space than there is, where, and by how much? As a table and as JSON (plumbline/capacity/1).
//
// Per schedule and memory the step that is most over is listed.
//
//     CapacityCheck check{"tpu_like", "fsrcnn", {60, 72}, OverlapMode::h_cached};
//     note(check, sim::check_capacity(accelerator, workload, schedule), accelerator, workload, schedule);
//     std::cout << capacity_text({check});
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/overcommit.hpp"
#include "plumbline/units.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// A memory, and its step that needs more than its size.
struct OvercommittedMemory {
    std::string memory;  ///< its name
    std::string step;    ///< the layer, or the copies before it
    std::string tile;    ///< position of its class: "first, middle"
    Bits needed{};       ///< by all that one instance holds in the step
    Bits size{};         ///< of one instance
};

/// A schedule, and what the machine finds of it.
struct CapacityCheck {
    std::string accelerator;                       ///< its name
    std::string workload;                          ///< its name
    TileSize tile;                                 ///< of the schedule's stacks
    OverlapMode mode = OverlapMode::fully_cached;  ///< of the schedule's stacks
    std::string infeasible = {};                   ///< empty where there is a schedule
    std::string refused = {};  ///< what the machine says of a schedule that computes or copies what no tile needs
    std::vector<OvercommittedMemory> over = {};  ///< in the order in which they are found
    std::size_t absent = 0;                      ///< reads of what was not copied to where it is read

    /// Whether there is a schedule that the machine runs as it is.
    bool fits() const { return infeasible.empty() && refused.empty() && over.empty() && absent == 0; }
};

/// Adds what was found of the schedule. \pre the findings are of these descriptions
void note(CapacityCheck& check, const sim::Findings& findings, const Accelerator& accelerator, const Workload& workload,
          const Schedule& schedule);

/// A line for each schedule and each memory that is too small, aligned.
std::string capacity_text(const std::vector<CapacityCheck>& checks);
/// The same as JSON, sizes in bits.
std::string capacity_json(const std::vector<CapacityCheck>& checks);

}  // namespace plumbline::validate
#pragma GCC visibility pop
