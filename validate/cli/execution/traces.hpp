// SPDX-License-Identifier: Apache-2.0
// The files of --trace: written while the machine runs, each in the format that its name ends with.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "execution/output_file.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/sim/dram_trace.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

/// The endings of traces, for messages: ".json (Perfetto), …"
std::string trace_formats();
/// Whether some format of traces goes by the ending of `path`.
bool is_trace(const std::string& path);

class Traces {
public:
    /// The descriptions must outlive this. \pre `is_trace` each path
    /// \throws InputError where a file cannot be created
    Traces(const std::vector<std::string>& paths, const Accelerator& accelerator, const Workload& workload);

    /// Writes all of them; this must outlive it.
    sim::Observer observer() const;
    /// The same for those that record off-chip traffic; empty where none does.
    sim::OffChipListener off_chip() const;
    /// \throws InputError where a file could not be written completely
    void finish();

private:
    struct Trace {
        std::unique_ptr<OutputFile> file;
        sim::Observer observer;
        sim::OffChipListener off_chip;
        std::function<void()> finish;
    };
    std::vector<Trace> traces_;
};

}  // namespace plumbline::cli
