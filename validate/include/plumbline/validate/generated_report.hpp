// SPDX-License-Identifier: Apache-2.0
// The results of generated schedules for people (tables) and for programs (JSON, plumbline/validate-generated/1).
//
//     std::cout << generated_text(run);
#pragma once

#include <string>

#include "plumbline/validate/generated_summary.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Tables: each estimator, the goals and what was reached, cycles that deviate by cause, the worst schedules by number, what
/// was refused; of a single schedule also what it is.
std::string generated_text(const GeneratedRun& run);

/// The summary, and latency and causes of each schedule. Infinite deviations are null.
std::string generated_json(const GeneratedRun& run);

}  // namespace plumbline::validate
#pragma GCC visibility pop
