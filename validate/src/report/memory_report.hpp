// SPDX-License-Identifier: Apache-2.0
// What each memory holds at its fullest moment, as a table and as JSON.
#pragma once

#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

Table memory_use_table(const Subject& subject);
Json memory_use_json(const Subject& subject);

}  // namespace plumbline::validate
