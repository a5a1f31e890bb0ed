// SPDX-License-Identifier: Apache-2.0
// The part of a verdict that says why: an Attribution as tables and as JSON.
#pragma once

#include <string>

#include "json_parts.hpp"
#include "plumbline/validate/attribution.hpp"

namespace plumbline::validate {

/// Tables of what deviates, and a line each on how much of it has a name; nothing where nothing deviates.
std::string attribution_text(const Subject& subject, const Attribution& attribution);
Json attribution_json(const Subject& subject, const Attribution& attribution);

}  // namespace plumbline::validate
