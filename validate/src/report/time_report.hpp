// SPDX-License-Identifier: Apache-2.0
// Cycles as time, and energy as power, where it is known how long a cycle lasts.
#pragma once

#include <optional>
#include <string>

#include "plumbline/sim/clock_options.hpp"
#include "plumbline/validate/report.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

double milliseconds(sim::Period period, Cycles cycles);
/// On average. 0 of a run that takes no time.
double milliwatts(sim::Period period, Cycles cycles, Picojoules energy);

/// "at 1 ns a cycle: 22.29 ms, 44.87 runs a second, 96.62 mW"; empty where no period is known.
std::string time_line(const Subject& subject, Cycles cycles, Picojoules energy);
/// {"milliseconds", "runs_per_second", "milliwatts"}; what is not known is null.
Json time_json(sim::Period period, Cycles cycles, std::optional<Picojoules> energy);

}  // namespace plumbline::validate
