// SPDX-License-Identifier: Apache-2.0
#include "setting.hpp"

using namespace plumbline;

std::vector<Setting> settings(const std::vector<std::size_t>& outstanding)
{
    std::vector<Setting> all;
    for (const char* dram : {"ddr4", "lpddr4"}) {
        for (std::size_t transactions : outstanding) all.push_back({dram, transactions});
    }
    return all;
}

std::string name_of(const Setting& setting) { return setting.dram + "_o" + std::to_string(setting.outstanding); }

sim::AcceleratorOptions options(const Setting& setting, std::uint64_t burst, sim::AcceleratorData data)
{
    sim::AcceleratorOptions options;
    options.data = data;
    options.longest_burst = burst;
    options.alignment = burst;
    options.outstanding = setting.outstanding;
    options.transport = sim::BusTransport::non_blocking;
    return options;
}
