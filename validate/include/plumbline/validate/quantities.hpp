// SPDX-License-Identifier: Apache-2.0
// A run in single numbers, to fit parameters to and to judge predictions by.
//
// "total" is the cycles of the whole run; "loading", "computing", "offloading" and "copying" are its phases, summed over
// layers and copies; "energy" is in picojoules; "words of sram" crossed a memory's border. All are of a RunRecord, so those
// of a prediction, of a simulation and of a file compare by name. A phase counts in a fit as much as it takes of the total.
//
//     const Quantities seen = quantities_of(record, accelerator, workload);
//     rows = observations_of("fsrcnn 60x72", "fsrcnn", seen);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plumbline/validate/observation.hpp"
#include "plumbline/validate/run_record.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// By name: cycles, picojoules or words.
using Quantities = std::map<std::string, double>;

/// What kind of parameter a quantity tells of.
enum class QuantityKind : std::uint8_t {
    cycles,  ///< of those that change latency
    energy,  ///< of those that change energy
    words,   ///< of none: to judge by alone
};
/// Of a quantity by its name.
QuantityKind kind_of(const std::string& quantity);

/// Only what the record knows of the whole run: phases where it has those of every layer, words where it is complete.
Quantities quantities_of(const RunRecord& record, const Accelerator& accelerator, const Workload& workload);

/// One line of JSON, which keeps every bit.
std::string to_json_line(const Quantities& quantities);
/// The quantities of such a line. \throws InputError where it is none
Quantities quantities_from_json_line(const std::string& line);

/// Those that are positive. The weight of a phase is its share of the total, that of all others 1.
std::vector<Observation> observations_of(const std::string& schedule, const std::string& stratum,
                                         const Quantities& quantities);

}  // namespace plumbline::validate
#pragma GCC visibility pop
