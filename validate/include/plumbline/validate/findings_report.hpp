// SPDX-License-Identifier: Apache-2.0
// What checks found in descriptions, as a table and as JSON (plumbline/check/1).
//
//     std::cout << findings_text(io::check_files({"mine.yaml"}));
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "plumbline/check.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// How many findings are of a severity.
std::size_t count_of(const std::vector<Finding>& findings, Severity severity);

/// A line for each finding, aligned: file and line, severity, text; then how many there are of each severity.
std::string findings_text(const std::vector<Finding>& findings);
/// The same as JSON, with the field of each; `line` is null where there is none.
std::string findings_json(const std::vector<Finding>& findings);

}  // namespace plumbline::validate
#pragma GCC visibility pop
