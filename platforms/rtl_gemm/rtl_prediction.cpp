// SPDX-License-Identifier: Apache-2.0
#include "rtl_prediction.hpp"

#include <algorithm>

#include <plumbline/calibrated_accelerator.hpp>
#include <plumbline/schedule_cost.hpp>

namespace plumbline::rtl {
namespace {

constexpr Bits kWholeTransfer{std::int64_t{1} << 40U};

Accelerator with(const std::vector<double>& values, const Accelerator& accelerator)
{
    MemoryCalibration memory;
    memory.memory = accelerator.memory(kMemory).name;
    memory.access_latency = values[1];
    memory.burst_overhead = values[2];
    memory.burst = kWholeTransfer;
    return calibrated(accelerator, {accelerator.name(), {memory}, {values[0], 0}, {values[3]}});
}

/// Transfers that an operand needs over the main memory's port: each of its loops there changes the block.
std::int64_t transfers(const OperandMapping& operand)
{
    std::int64_t count = 1;
    for (TemporalLoop loop : operand.temporal.back()) count *= loop.size;
    return count;
}

/// Cycles for which a port of the main memory is busy, of a layer on all its tiles.
double port_cycles(const LayerCost& cost, const LayerMapping& mapping, std::int64_t tiles, Direction direction,
                   const MemoryTiming& timing)
{
    constexpr double kThousandths = 1000;
    double sum = 0;
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        if (mapping.operands[i].levels.back() != kMemory) continue;
        const double words = cost.operands[i].levels.back().accesses[direction].count();
        if (words == 0) continue;
        sum += words * (1 + static_cast<double>(timing.idle_per_word) / kThousandths);
        sum += timing.burst_overhead * static_cast<double>(transfers(mapping.operands[i]) * tiles);
    }
    return sum;
}

double busiest(const LayerCost& cost, const LayerMapping& mapping, std::int64_t tiles, const MemoryTiming& timing)
{
    return std::max({static_cast<double>(cost.temporal.count()),
                     port_cycles(cost, mapping, tiles, Direction::read_down, timing),
                     port_cycles(cost, mapping, tiles, Direction::write_from_down, timing)});
}

}  // namespace

double RtlPrediction::cycles(const RtlRun& run, const Accelerator& accelerator, double overlap) const
{
    const ScheduleCost cost = predict(accelerator, run.workload, run.schedule, estimator_);
    const auto in_turn = static_cast<double>(cost.latency().count());
    if (overlap == 0) return in_turn;
    const Stack& stack = run.schedule.stacks.front();
    double least = 0;
    for (std::size_t i = 0; i < cost.layers.size(); ++i) {
        const auto& step = std::get<ComputeStep>(stack.classes.front().steps[i]);
        least += busiest(cost.layers[i].cost, step.mapping, stack.grid.columns, accelerator.memory(kMemory).timing);
    }
    return in_turn - overlap * (in_turn - least);
}

std::vector<double> RtlPrediction::operator()(const std::vector<double>& values) const
{
    const Accelerator accelerator = with(values, *accelerator_);
    const double overlap = values.size() > 4 ? values[4] : 0;
    std::vector<double> all;
    for (const RtlRun& run : *runs_) all.push_back(cycles(run, accelerator, overlap));
    return all;
}

}  // namespace plumbline::rtl
