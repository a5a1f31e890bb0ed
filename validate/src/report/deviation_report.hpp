// SPDX-License-Identifier: Apache-2.0
// The part of a verdict that says why: an Attribution as tables and as JSON.
#pragma once

#include <string>

#include "report/json_parts.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

/// Deviating accesses by cause, and steps by phase.
Table access_cause_table(const Accelerator& accelerator, const Attribution& attribution);
Table step_phase_table(const Attribution& attribution);
/// What the machine stalled for in steps whose stalls deviate.
Table stall_cause_table(const Accelerator& accelerator, const Attribution& attribution);
/// A line: "accesses: 99.5 % of what deviates (1,200 words) has a name; other: 6.0 words".
std::string explained_text(const char* what, const Explained& explained, const char* unit, int decimals);

/// Tables of what deviates, and a line each on how much of it has a name; nothing where nothing deviates.
std::string attribution_text(const Subject& subject, const Attribution& attribution);
Json attribution_json(const Subject& subject, const Attribution& attribution);

}  // namespace plumbline::validate
