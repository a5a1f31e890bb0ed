// SPDX-License-Identifier: Apache-2.0
// An accelerator as a calibration profile says it really is: what prediction and machine both take in its place.
//
// The description stays what it is; what a profile adds lies in the timing of its memories, their latencies and energies,
// and the time of dispatch. So whoever understands an Accelerator understands a profile, and nobody carries both.
//   bandwidth f       a port is idle for 1/f - 1 cycles per word, to a thousandth; of the top memory f is
//                     efficiency * (1 - refresh_share)
//   access_latency    added to the latency of the description: reads of transfers wait for it, and once in a step the MAC array
//   burst_overhead    time of the port in transfers between memories; words of the MAC array are no bursts
//   dispatch          before each step
// Latency and dispatch are rounded to whole cycles.
//
//     const Accelerator real = calibrated(accelerator, io::read_calibration("p.yaml", accelerator));
#pragma once

#include "plumbline/accelerator.hpp"
#include "plumbline/calibration.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// The same accelerator where the profile is neutral. \throws InputError where `check(calibration, accelerator)` does
/// \pre `accelerator` is as it was described: profiles do not add up
Accelerator calibrated(const Accelerator& accelerator, const Calibration& calibration);

}  // namespace plumbline
#pragma GCC visibility pop
