// SPDX-License-Identifier: Apache-2.0
// What the reports of an exploration say of one point.
#pragma once

#include "plumbline/validate/explored_point.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

/// "cuts", then the cost with the keys of `evaluate` ("energy_pj", …) or "infeasible".
Json result_json(const Accelerator& accelerator, const ExploredPoint& point);

}  // namespace plumbline::validate
