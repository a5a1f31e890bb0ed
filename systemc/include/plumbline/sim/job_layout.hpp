// SPDX-License-Identifier: Apache-2.0
// Where the tensors of a program lie from the four addresses in a job descriptor.
//
// An OffChipLayout has one area per tensor; a job says where four groups of them begin, and each group keeps the order of
// the layout, its areas at multiples of 64 bytes from the group's beginning. Outputs are those of layers whose output
// nobody reads; the maps of others that leave the chip are scratch.
//
//     const JobLayout layout = job_layout(off_chip_layout(accelerator, workload, schedule), workload);
//     for (const JobArea& area : layout.areas) std::cout << area.tensor.layer << ": " << area.offset << '\n';
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "plumbline/sim/off_chip_area.hpp"

#pragma GCC visibility push(default)
namespace plumbline {
class Workload;
}  // namespace plumbline

namespace plumbline::sim {

struct OffChipLayout;

/// What tensors of a network have in common that lie from one address of a job on.
enum class JobGroup : std::uint8_t {
    input,    ///< input maps
    weights,  ///< of all layers
    output,   ///< output maps that nobody reads
    scratch,  ///< maps between layers that leave the chip
};
/// In the order of the fields of a plumbline_job.
inline constexpr std::array<JobGroup, 4> kAllJobGroups{JobGroup::input, JobGroup::weights, JobGroup::output,
                                                       JobGroup::scratch};
/// "input", "weights", "output", "scratch": the fields of a plumbline_job.
std::string_view name_of(JobGroup group);

/// Where one tensor lies.
struct JobArea {
    JobGroup group = JobGroup::input;  ///< that it belongs to
    std::uint64_t offset = 0;          ///< bytes from the beginning of the group
    OffChipArea tensor;  ///< kind, layer, operand, size; its own address counts from the beginning of everything
};

/// One value per group.
using GroupAddresses = std::array<std::uint64_t, kAllJobGroups.size()>;

/// Of one program.
struct JobLayout {
    std::vector<JobArea> areas;  ///< by AreaId

    /// Bytes from the beginning of a group to the end of its last area; 0 where it has none.
    std::uint64_t size(JobGroup group) const;
    /// Of all areas, by AreaId. \param groups where each group begins
    std::vector<std::uint64_t> addresses(const GroupAddresses& groups) const;
};

/// The layout of a program of `workload`, dealt out over groups.
JobLayout job_layout(const OffChipLayout& layout, const Workload& workload);

}  // namespace plumbline::sim
#pragma GCC visibility pop
