// SPDX-License-Identifier: Apache-2.0
// How long do copies take that begin at the same time, if they share ports while they need them?
//
// Hops of a copy follow each other, each after the latency of the memory that it reads; copies run side by side.
#pragma once

#include <vector>

#include "plumbline/copy_route.hpp"

namespace plumbline::detail::refined {

Cycles copy_latency(const Accelerator& accelerator, const std::vector<CopyTransfer>& transfers);

}  // namespace plumbline::detail::refined
