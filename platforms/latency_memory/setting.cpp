// SPDX-License-Identifier: Apache-2.0
#include "setting.hpp"

#include <algorithm>

using namespace plumbline;

std::vector<Setting> settings(const std::vector<std::size_t>& outstanding)
{
    std::vector<Setting> all;
    for (std::size_t transactions : outstanding) {
        for (std::uint64_t burst : {64, 256}) {
            for (std::int64_t latency_ns : {0, 50, 200}) all.push_back({transactions, burst, latency_ns});
        }
    }
    return all;
}

std::string name_of(const Setting& setting)
{
    return 'o' + std::to_string(setting.outstanding) + "_b" + std::to_string(setting.burst) + "_l" +
           std::to_string(setting.latency_ns);
}

sim::AcceleratorOptions options(const Setting& setting, sim::AcceleratorFidelity fidelity)
{
    sim::AcceleratorOptions options;
    options.fidelity = fidelity;
    options.longest_burst = setting.burst;
    options.alignment = setting.burst;
    options.outstanding = setting.outstanding;
    return options;
}

Calibration known_profile(const Setting& setting, const Accelerator& accelerator)
{
    const Memory& memory = accelerator.memory(accelerator.top());
    const auto width = static_cast<double>(memory.ports.front().width.count());
    const auto latency = static_cast<double>(setting.latency_ns);
    const double moved = 8.0 * static_cast<double>(setting.burst * setting.outstanding);
    MemoryCalibration port{memory.name};
    TopMemoryCalibration top;
    if (moved < latency * width) {
        top.efficiency = moved / (latency * width);
        port.access_latency = latency / 2;
    }
    return {accelerator.name(), {port}, top, {}};
}
