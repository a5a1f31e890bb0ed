// SPDX-License-Identifier: Apache-2.0
// Traces as run records: our own, and with a mapping those of anybody.
#pragma once

#include <optional>
#include <string>

#include "measurement/run_record_builder.hpp"
#include "plumbline/io/trace_mapping.hpp"

namespace plumbline::validate {

/// What `plumbline simulate --trace` wrote in Chrome's format; a microsecond is a cycle. \throws InputError
void import_own_trace(const std::string& path, RunRecordBuilder& builder);

/// Events of a trace in Chrome's format. A rule that no event matches is refused, or a misspelt name would go unnoticed.
/// \throws InputError in the trace or in the mapping, with file and line
void import_trace(const std::string& path, const io::TraceMapping& mapping, std::optional<double> cycle_ns,
                  RunRecordBuilder& builder);

/// Signals of a waveform. \throws InputError in the waveform or in the mapping, with file and line
void import_vcd(const std::string& path, const io::TraceMapping& mapping, std::optional<double> cycle_ns,
                RunRecordBuilder& builder);

}  // namespace plumbline::validate
