// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "plumbline/workload.hpp"

namespace plumbline::detail::refined {

/// Columns of a map that windows read one after another, without gaps.
inline const SlidingAxis kAxis{"IX", LoopDim::ox, 1, LoopDim::fx, 1};

}  // namespace plumbline::detail::refined
