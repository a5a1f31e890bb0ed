// SPDX-License-Identifier: Apache-2.0
// A validated set for people (tables), for programs (JSON, plumbline/validate-set/1) and for continuous integration (JUnit XML).
//
//     std::cout << batch_text({schedules, rules});
#pragma once

#include <string>
#include <vector>

#include "plumbline/validate/batch.hpp"
#include "plumbline/validate/calibrate.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

struct ValidationBatch {
    std::vector<ValidatedSchedule> schedules;
    std::vector<io::ToleranceRule> rules;
    HoldOut hold_out = {};                             ///< how calibrations split
    std::vector<CalibrationResult> calibrations = {};  ///< an accelerator each; none unless asked for

    /// No row is outside its tolerance, and nothing was refused.
    bool within_tolerance() const;
};

std::string batch_text(const ValidationBatch& set);
std::string batch_json(const ValidationBatch& set);

/// A test suite per accelerator and network, a test case per schedule: failed where rows are outside tolerance, an error where
/// it was refused, skipped where it is infeasible.
std::string batch_junit(const ValidationBatch& set);

/// Text as the content of an XML element or attribute; characters that XML cannot have become U+FFFD.
std::string xml_escaped(const std::string& text);

}  // namespace plumbline::validate
#pragma GCC visibility pop
