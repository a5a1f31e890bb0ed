// SPDX-License-Identifier: Apache-2.0
// Cells of reports as CSV, by RFC 4180.
#pragma once

#include <string>

namespace plumbline::validate {

/// In quotes where it has to be.
std::string csv_cell(const std::string& text);
/// The shortest digits that read back as the same number.
std::string csv_number(double value);

}  // namespace plumbline::validate
