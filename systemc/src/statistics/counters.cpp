// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/counters.hpp"

namespace plumbline::sim {

std::int64_t Counters::macs() const
{
    std::int64_t sum = 0;
    for (const ActivityTime& time : times) sum += time.macs;
    return sum;
}

Traffic Counters::total(MemoryId memory, MemoryOperand operand, Direction direction) const
{
    Traffic sum;
    sum.memory = memory;
    sum.operand = operand;
    sum.direction = direction;
    for (const Traffic& each : traffic) {
        if (each.memory != memory || each.operand != operand || each.direction != direction) continue;
        sum.granules += each.granules;
        sum.words += each.words;
        sum.bits += each.bits;
    }
    return sum;
}

}  // namespace plumbline::sim
