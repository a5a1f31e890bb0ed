// SPDX-License-Identifier: Apache-2.0
// What was measured: one positive number of one schedule, to fit parameters to or to judge predictions by.
//
// A schedule may have several rows: its total, phases, memories. They are not independent, so whoever splits
// observations (held_out.hpp) keeps the rows of a schedule together.
//
//     Observation{"fsrcnn fully-cached 60x72", "total", "fsrcnn", 2146501, 1};
#pragma once

#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// One number of one schedule.
struct Observation {
    std::string schedule;            ///< what ran
    std::string quantity = "total";  ///< what was measured of it: "total", "loading", "read_down of dram", …
    std::string stratum = {};        ///< what the schedule is of, such as a network: splits keep its share
    double observed = 0;             ///< positive; a phase that takes no time is no observation
    double weight = 1;               ///< of its squared residual; 1 over the variance where rows differ in noise
};

/// Whether observations can be fitted to.
/// \throws InputError naming the row: an amount or a weight that is not positive, a quantity that is given twice for one
/// schedule, a schedule of two strata
void check(const std::vector<Observation>& observations);

/// Each schedule once, in the order of first use.
std::vector<std::string> schedules_of(const std::vector<Observation>& observations);

}  // namespace plumbline::validate
#pragma GCC visibility pop
