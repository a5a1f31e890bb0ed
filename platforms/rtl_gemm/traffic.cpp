// SPDX-License-Identifier: Apache-2.0
#include "traffic.hpp"

#include <cmath>

#include "rtl_schedule.hpp"

namespace plumbline::rtl {
namespace {

Bits bits_of(const LevelCost& level, MemoryOperand operand, Direction direction, const Accelerator& accelerator)
{
    const double words = level.accesses[direction].count();
    if (words == 0) return {};
    const Bits width = accelerator.port(level.memory, operand, direction).width;
    return Bits{std::llround(words * static_cast<double>(width.count()))};
}

Bits words(std::int64_t count) { return kWord * count; }

}  // namespace

RtlTraffic traffic_of(const ScheduleCost& cost, const Accelerator& accelerator)
{
    RtlTraffic sum;
    for (const ScheduledLayerCost& layer : cost.layers) {
        for (const OperandCost& operand : layer.cost.operands) {
            for (const LevelCost& level : operand.levels) {
                const bool memory = level.memory == kMemory;
                if (!memory && level.memory != kBuffer) continue;
                const auto bits = [&](Direction direction) {
                    return bits_of(level, operand.memory_operand, direction, accelerator);
                };
                (memory ? sum.memory_to_buffer : sum.buffer_to_registers) += bits(Direction::read_down);
                (memory ? sum.buffer_to_memory : sum.registers_to_buffer) += bits(Direction::write_from_down);
            }
        }
    }
    return sum;
}

Extra extra_of(const FusedRow& row)
{
    const Bits first = words(row.first.m * row.first.n);
    const Bits second = words(row.second.m * row.second.n);
    return {{{}, {}, first + second, {}}, {{}, {}, first, first}};
}

RtlTraffic operator+(RtlTraffic a, const RtlTraffic& b)
{
    a.memory_to_buffer += b.memory_to_buffer;
    a.buffer_to_memory += b.buffer_to_memory;
    a.buffer_to_registers += b.buffer_to_registers;
    a.registers_to_buffer += b.registers_to_buffer;
    return a;
}

bool operator==(const RtlTraffic& a, const RtlTraffic& b)
{
    return a.memory_to_buffer == b.memory_to_buffer && a.buffer_to_memory == b.buffer_to_memory &&
           a.buffer_to_registers == b.buffer_to_registers && a.registers_to_buffer == b.registers_to_buffer;
}

}  // namespace plumbline::rtl
