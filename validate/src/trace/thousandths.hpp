// SPDX-License-Identifier: Apache-2.0
// The resolution of traces: a thousandth of a cycle, which is a nanosecond in Perfetto's files and a picosecond in waveforms.
// Of time of the simulation it is a nanosecond in Perfetto's files, as their viewers have no finer one, and a picosecond in waveforms.
#pragma once

#include <cmath>
#include <cstdint>

namespace plumbline::validate {

/// Rounded to the nearest.
inline std::int64_t thousandths(double cycles) { return std::llround(cycles * 1000); }

}  // namespace plumbline::validate
