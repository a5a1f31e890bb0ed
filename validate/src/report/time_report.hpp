// SPDX-License-Identifier: Apache-2.0
// Cycles as time, and energy as power, where it is known how long a cycle lasts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/sim/clock_options.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

double milliseconds(sim::Period period, Cycles cycles);
/// On average. 0 of a run that takes no time.
double milliwatts(sim::Period period, Cycles cycles, Picojoules energy);

/// "at 1 ns a cycle: 22.29 ms, 44.87 runs a second, 96.62 mW"; empty where no period is known.
std::string time_line(const Subject& subject, Cycles cycles, Picojoules energy);
/// Columns of a table, "time [ms]" and "power [mW]", behind those of a cost; none where no period is known.
void add_time_columns(std::vector<Column>& columns, const std::optional<sim::Period>& period);
/// Their cells, behind others.
void add_time_cells(std::vector<std::string>& row, const std::optional<sim::Period>& period, Cycles cycles,
                    Picojoules energy);
/// Names of these columns in CSV, each with a comma before it; empty where no period is known.
std::string time_header(const std::optional<sim::Period>& period);
/// Fields of them, to the last bit; empty ones where there is no cost.
std::string time_fields(const std::optional<sim::Period>& period);
std::string time_fields(const std::optional<sim::Period>& period, Cycles cycles, Picojoules energy);

/// {"milliseconds", "runs_per_second", "milliwatts"}; what is not known is null.
Json time_json(sim::Period period, Cycles cycles, std::optional<Picojoules> energy);

}  // namespace plumbline::validate
