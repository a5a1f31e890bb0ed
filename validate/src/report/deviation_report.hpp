// SPDX-License-Identifier: Apache-2.0
// The part of a verdict that says why: the DeviationCauses as tables and as JSON.
#pragma once

#include <string>

#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

/// Deviating accesses by cause, and steps by phase.
Table access_cause_table(const Accelerator& accelerator, const DeviationCauses& causes);
Table step_phase_table(const DeviationCauses& causes);
/// What the machine stalled for in steps whose stalls deviate.
Table stall_cause_table(const Accelerator& accelerator, const DeviationCauses& causes);
/// A line: "accesses: 99.5 % of what deviates (1,200 words) has a name; other: 6.0 words".
std::string explained_text(const char* what, const Explained& explained, const char* unit, int decimals);

/// Tables of what deviates, and a line each on how much of it has a name; nothing where nothing deviates.
std::string deviation_causes_text(const Subject& subject, const DeviationCauses& causes);
Json deviation_causes_json(const Subject& subject, const DeviationCauses& causes);

}  // namespace plumbline::validate
