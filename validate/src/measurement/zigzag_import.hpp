// SPDX-License-Identifier: Apache-2.0
// Predictions of ZigZag v3: from levels of its operands to memories of the accelerator.
#pragma once

#include <string>

#include "measurement/run_record_builder.hpp"

namespace plumbline::validate {

/// Results of layers are steps; a sum over all layers is the whole run. \throws InputError with file and line
void import_zigzag(const std::string& path, RunRecordBuilder& builder);

}  // namespace plumbline::validate
