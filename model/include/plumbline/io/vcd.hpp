// SPDX-License-Identifier: Apache-2.0
// How long signals of a waveform (VCD, IEEE 1364) had the values that mean something.
//
// Reads what simulators of RTL write: scopes, scalars and vectors of up to 64 bits. Real numbers are skipped, unknown and
// floating bits match nothing. The last time of the file is the end of the last values.
//
//     VcdTimes times = measure_signals("run.vcd", {{"top.sram.rd_en", 1}});
//     times.active_ps[0];
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::io {

/// A signal and the value that means something.
struct VcdQuery {
    std::string signal;      ///< scopes and name, with dots between, without a range of bits
    std::int64_t value = 1;  ///< as an unsigned number
};

/// How long signals had their values.
struct VcdTimes {
    std::vector<double> active_ps;  ///< per query
    double duration_ps = 0;         ///< from the first time to the last
};

/// \throws InputError with file and line: a signal that is not there, no timescale, times that go back or are negative,
/// values of signals that nobody declared, whatever is no VCD
/// Reads the file once.
VcdTimes measure_signals(const std::string& path, const std::vector<VcdQuery>& queries);

}  // namespace plumbline::io
#pragma GCC visibility pop
