// SPDX-License-Identifier: Apache-2.0
#include "plumbline/error.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "storage/geometry/map_read.hpp"

namespace plumbline::sim {
namespace {

std::string place_of(const AbsentRead& read, const Workload& workload)
{
    std::string layer = "layer '" + workload.layer(read.layer).name + '\'';
    if (read.box.empty()) return layer;
    return layer + ", tile (" + std::to_string(read.column) + ", " + std::to_string(read.row) + ')';
}

std::string problem_of(const AbsentRead& read, const plumbline::Accelerator& accelerator, const Workload& workload)
{
    const std::string memory = accelerator.memory(read.memory).name;
    if (read.box.empty()) return "reads its weights in " + memory + ", where the first tile does not bring them";
    const std::string map =
        read.map ? "the output of layer '" + workload.layer(*read.map).name + '\'' : name_of_input(workload, read.map);
    return "reads channel 0, row " + std::to_string(read.box.rows.begin) + ", column " +
           std::to_string(read.box.columns.begin) + " of " + map + " in " + memory + ", where it is not";
}

}  // namespace

void refuse(const AbsentRead& read, const plumbline::Accelerator& accelerator, const Workload& workload,
            const Schedule& schedule)
{
    const std::string place = place_of(read, workload);
    const std::string problem = problem_of(read, accelerator, workload);
    if (schedule.capacity == CapacityPolicy::optimistic) throw DoesNotFit{place, problem};
    throw InputError{place, problem};
}

}  // namespace plumbline::sim
