// SPDX-License-Identifier: Apache-2.0
// Predictions and observations as CSV, with the columns that validate/docs/file_formats.md documents.
#pragma once

#include <optional>
#include <string>

#include "measurement/run_record_builder.hpp"

namespace plumbline::validate {

/// \param cycle_ns length of a cycle where times are not cycles
/// \throws InputError with file, line and column
void import_csv(const std::string& path, double cycle_ns, RunRecordBuilder& builder);

}  // namespace plumbline::validate
