// SPDX-License-Identifier: Apache-2.0
// What others predicted or observed of a run, from their files.
//
// Understands CSV (validate/docs/file_formats.md), results of ZigZag v3 (JSON), Chrome/Perfetto traces (JSON; ours,
// and with a mapping file anybody's) and waveforms (VCD, with a mapping file). Several files make one account, such as the
// results of ZigZag, one a layer. Whatever is wrong in a file is refused with its name and line.
//
//     const RunRecord rtl = import_account({"rtl.csv"}, accelerator, workload, {});
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/validate/run_record.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

struct ImportOptions {
    std::string trace_mapping;  ///< path of what tells the events and signals of foreign traces; empty: none
    std::optional<double>
        cycle_ns;  ///< length of a cycle in files whose times are not cycles; none: what files say, or 1
};

/// Amounts and times of the same thing in different files add up; the time of the whole run must not be stated twice.
/// Cycles are rounded to whole ones.
/// \throws InputError with file and line
RunRecord import_account(const std::vector<std::string>& paths, const Accelerator& accelerator,
                         const Workload& workload, const ImportOptions& options);

}  // namespace plumbline::validate
#pragma GCC visibility pop
