// SPDX-License-Identifier: Apache-2.0
#include "plumbline/calibrated_accelerator.hpp"

#include <cassert>
#include <cmath>
#include <utility>

namespace plumbline {
namespace {

constexpr double kThousandths = 1000;

Cycles whole(double cycles) { return Cycles{std::llround(cycles)}; }

std::int64_t idle_at(double bandwidth) { return std::llround(kThousandths * (1 / bandwidth - 1)); }

void apply(Memory& memory, const MemoryCalibration& profile, double bandwidth)
{
    assert(memory.timing.neutral());
    memory.timing.idle_per_word = idle_at(bandwidth);
    memory.timing.access_latency = whole(profile.access_latency);
    memory.timing.burst_overhead = profile.burst_overhead;
    memory.timing.burst = profile.burst;
    memory.latency += memory.timing.access_latency;
    memory.read_energy *= profile.energy_scale;
    memory.write_energy *= profile.energy_scale;
}

}  // namespace

Accelerator calibrated(const Accelerator& accelerator, const Calibration& calibration)
{
    check(calibration, accelerator);
    if (calibration.neutral()) return accelerator;
    const double top_bandwidth = calibration.top().efficiency * (1 - calibration.top().refresh_share);
    std::vector<Memory> memories = accelerator.memories();
    for (Memory& memory : memories) {
        const MemoryCalibration& profile = calibration.of(memory.name);
        const bool top = &memory == &memories.back();
        apply(memory, profile, top ? top_bandwidth : profile.bandwidth);
    }
    return {accelerator.name(), accelerator.array(), std::move(memories), whole(calibration.steps().dispatch)};
}

}  // namespace plumbline
