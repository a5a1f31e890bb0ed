// SPDX-License-Identifier: Apache-2.0
// A DRAM with its controller, as DRAMSys has it: the only header here that knows it.
#pragma once

#include <DRAMSys/simulation/DRAMSys.h>

#include <memory>
#include <string>

/// One that holds what is written, reports nothing, and records nothing.
/// \param kind as an example of DRAMSys calls it: "ddr4", "lpddr4"
std::unique_ptr<DRAMSys::DRAMSys> dram(const char* name, const std::string& kind);
