// SPDX-License-Identifier: Apache-2.0
// How traces of one accelerator fit into those of a platform: whose time they tell, and what keeps their rows apart.
//
//     options.observer = [&](std::size_t) { return trace.observer(); };      // of a sim::Accelerator
//     PerfettoTrace trace{accelerator, workload, sink, {sim::ObservedTime::simulation, "npu0", 1000}};
#pragma once

#include <cstdint>
#include <string>

#include "plumbline/sim/observer.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Of one trace.
struct TraceOptions {
    sim::ObservedTime time = sim::ObservedTime::cycles;  ///< what the observer is told
    std::string instance = {};       ///< in front of names of processes, the scope of signals; empty: none
    std::int64_t first_process = 1;  ///< numbers of processes and threads in Perfetto's form begin with it; positive
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
