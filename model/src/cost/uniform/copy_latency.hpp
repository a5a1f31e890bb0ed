// SPDX-License-Identifier: Apache-2.0
// How long do copies take that begin at the same time, if a port that several need is busy for their sum?
//
// As DeFiNES has it: hops of a copy follow each other, and each port is busy from the begin of its first hop until it has
// done all of them. Latencies of memories do not count.
#pragma once

#include <vector>

#include "plumbline/copy_route.hpp"

namespace plumbline::detail::uniform {

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers);

/// Of one hop alone: read and written at once, after what a read waits for by the memory's timing.
Cycles hop_cycles(const Accelerator& accelerator, const Hop& hop, Bits amount);

}  // namespace plumbline::detail::uniform
