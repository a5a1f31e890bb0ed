// SPDX-License-Identifier: Apache-2.0
// The results of a validation batch for people (tables), for programs (JSON, plumbline/validate-set/1) and for continuous
// integration (JUnit XML).
//
// A batch is many schedules (batch.hpp) with the rules that judge them. Every report is a text; the same batch makes the
// same text.
//
//     std::cout << batch_text({schedules, rules});
#pragma once

#include <string>
#include <vector>

#include "plumbline/validate/batch.hpp"
#include "plumbline/validate/calibrate.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Many validated schedules, and what judges them.
struct ValidationBatch {
    std::vector<ValidatedSchedule> schedules;          ///< accelerator by accelerator, network by network
    std::vector<io::ToleranceRule> rules;              ///< of several that apply to a row the last counts
    HoldOut hold_out = {};                             ///< how calibrations split
    std::vector<CalibrationResult> calibrations = {};  ///< an accelerator each; none unless asked for

    /// No row is outside its tolerance, and nothing was refused.
    bool within_tolerance() const;
};

/// Tables: each estimator by accelerator, the worst rows, what was left out and why, and what is outside tolerance.
std::string batch_text(const ValidationBatch& batch);
/// All rows and the summaries, in the schema "plumbline/validate-set/1". Infinite deviations are null.
std::string batch_json(const ValidationBatch& batch);

/// A test suite per accelerator and network, a test case per schedule: failed where rows are outside tolerance, an error where
/// it was refused, skipped where it is infeasible.
std::string batch_junit(const ValidationBatch& batch);

/// Text as the content of an XML element or attribute; characters that XML cannot have become U+FFFD.
std::string xml_escaped(const std::string& text);

}  // namespace plumbline::validate
#pragma GCC visibility pop
