// SPDX-License-Identifier: Apache-2.0
// What others predicted or observed of a run, from their files.
//
// Understands CSV (validate/docs/file_formats.md), results of ZigZag v3 (JSON), Chrome/Perfetto traces (JSON; ours, and with
// a mapping file anybody's) and waveforms (VCD, with a mapping file). Several files make one run record, such as the
// results of ZigZag, one a layer. Whatever is wrong in a file is refused with its name and line.
//
//     const RunRecord rtl = import_run_record({"rtl.csv"}, accelerator, workload, {});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/validate/run_record.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What files do not say themselves.
struct ImportOptions {
    std::string trace_mapping;  ///< path of what tells the events and signals of foreign traces; empty: none
    /// Length of a cycle [ns] in files whose times are not cycles; none: what files say, or 1.
    std::optional<double> cycle_ns;
};

/// What the files say together, as one run record.
/// Amounts and times of the same thing in different files add up; the time of the whole run must not be stated twice.
/// Cycles are rounded to whole ones.
/// \throws InputError with file and line
RunRecord import_run_record(const std::vector<std::string>& paths, const Accelerator& accelerator,
                            const Workload& workload, const ImportOptions& options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
