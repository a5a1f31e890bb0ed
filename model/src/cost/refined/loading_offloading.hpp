// SPDX-License-Identifier: Apache-2.0
// How long does it take until the first blocks of all inputs are at the MACs, and until the last outputs are back?
//
// Blocks come down level by level, the inputs side by side; where both need a port they share it fairly.
#pragma once

#include "cost/refined/links.hpp"

namespace plumbline::detail {

double first_fills(const BlockLinks& links);
double last_drains(const BlockLinks& links);

}  // namespace plumbline::detail
