// SPDX-License-Identifier: Apache-2.0
// Which DRAM an accelerator has, and how many transactions it has under way there.
#pragma once

#include <plumbline/sim/accelerator_options.hpp>

#include <string>
#include <vector>

struct Setting {
    std::string dram = "ddr4";    ///< as an example of DRAMSys calls it: "ddr4", "lpddr4"
    std::size_t outstanding = 1;  ///< transactions under way
};

/// Both kinds of DRAM, for each number of outstanding transactions.
std::vector<Setting> settings(const std::vector<std::size_t>& outstanding);

/// "ddr4_o4".
std::string name_of(const Setting& setting);

/// \param burst bytes that the controller takes at a time
plumbline::sim::AcceleratorOptions options(const Setting& setting, std::uint64_t burst,
                                           plumbline::sim::AcceleratorData data);
