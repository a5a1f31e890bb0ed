// SPDX-License-Identifier: Apache-2.0
#include "plumbline/error.hpp"
#include "plumbline/sim/capacity_check.hpp"
#include "storage/map_read.hpp"

namespace plumbline::sim {

void refuse(const AbsentRead& read, const plumbline::Accelerator& accelerator, const Workload& workload)
{
    const std::string layer = "layer '" + workload.layer(read.layer).name + '\'';
    const std::string memory = accelerator.memory(read.memory).name;
    if (read.box.empty())
        throw InputError{layer, "reads its weights in " + memory + ", where the first tile does not bring them"};
    const std::string map =
        read.map ? "the output of layer '" + workload.layer(*read.map).name + '\'' : name_of_input(workload, read.map);
    throw InputError{layer + ", tile (" + std::to_string(read.column) + ", " + std::to_string(read.row) + ')',
                     "reads channel 0, row " + std::to_string(read.box.rows.begin) + ", column " +
                         std::to_string(read.box.columns.begin) + " of " + map + " in " + memory + ", where it is not"};
}

}  // namespace plumbline::sim
