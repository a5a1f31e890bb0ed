// SPDX-License-Identifier: Apache-2.0
#include "statistics/run_counts.hpp"

#include "plumbline/sim/access.hpp"
#include "plumbline/sim/energy.hpp"

namespace plumbline::sim {

Picojoules energy(const plumbline::Accelerator& accelerator, const RunCounts& counts)
{
    Picojoules sum = mac_energy(accelerator, counts.macs);
    for (MemoryId memory = 0; memory < counts.traffic.memories(); ++memory) {
        for (MemoryOperand operand : kAllMemoryOperands) {
            for (Direction direction : kAllDirections) {
                const std::int64_t granules = counts.traffic.at(memory, operand, direction).granules;
                if (granules == 0) continue;
                Traffic traffic;
                traffic.memory = memory;
                traffic.operand = operand;
                traffic.direction = direction;
                traffic.words = full_words(granules, accelerator.port(memory, operand, direction));
                sum += energy(accelerator, traffic);
            }
        }
    }
    return sum;
}

}  // namespace plumbline::sim
