// SPDX-License-Identifier: Apache-2.0
// Where the time of a simulated run went: of ports, of the MAC array per step, of memories how full they were; as tables
// and as JSON. Part of the report of a simulation.
#pragma once

#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

/// Ports of the run with what most of their stalls are for.
Table port_table(const Subject& subject, const sim::Counters& counters);
/// Cycles of the MAC array by cause, a row per layer and copies, as they run.
Table array_table(const Subject& subject, const sim::Counters& counters);
/// The most that each memory held.
Table memory_table(const Subject& subject, const sim::Counters& counters);
/// A line per finding; empty where there is none.
std::string findings_text(const Subject& subject, const sim::Counters& counters);

Json ports_json(const Subject& subject, const std::vector<sim::PortActivity>& ports);
/// "starved: W in rf_1B", "contended_port: sram r_port_1".
std::string in_words(const Accelerator& accelerator, const sim::ArrayWait& wait);
Json waits_json(const Subject& subject, const std::vector<sim::ArrayWait>& waits);
Json array_json(const Subject& subject, const sim::ArrayActivity& array);
Json memory_space_json(const Subject& subject, const sim::Counters& counters);
Json findings_json(const Subject& subject, const sim::Counters& counters);

}  // namespace plumbline::validate
