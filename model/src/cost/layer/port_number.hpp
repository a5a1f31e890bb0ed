// SPDX-License-Identifier: Apache-2.0
// Ports numbered over all memories of an accelerator, memory by memory: transfers that meet at a port name the same number.
#pragma once

#include "plumbline/accelerator.hpp"

namespace plumbline::detail {

inline constexpr int kNoPort = -1;

int port_number(const Accelerator& accelerator, MemoryId memory, PortId port);
/// How many there are in all.
int port_count(const Accelerator& accelerator);

}  // namespace plumbline::detail
