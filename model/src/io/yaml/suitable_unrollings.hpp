// SPDX-License-Identifier: Apache-2.0
// Which loops suit each dimension of an array, where a mapping rule says nothing of unrolling?
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::io {

/// Size of an unrolling that is only hinted.
inline constexpr std::int64_t kAsFarAsItFits = std::numeric_limits<std::int64_t>::max();

/// As hints, each as far as it goes, channels before pixels: over each array dimension all loops but those that tell words apart for
/// which lanes along it share a register.
std::vector<Unrolling> suitable_unrollings(const Accelerator& accelerator);

}  // namespace plumbline::io
