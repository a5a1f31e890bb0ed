// SPDX-License-Identifier: Apache-2.0
// What is to be as small as possible: energy, latency, or a product of both.
//
// The mapping search minimises it for each layer tile, the exploration of a design space for whole schedules.
//
//     objective_value(Objective::edp, {}, Picojoules{3}, Cycles{5});  // 15
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

enum class Objective : std::uint8_t {
    energy,
    latency,
    edp,       ///< energy times latency
    weighted,  ///< powers of both, multiplied
};
/// "energy", "latency", "edp", "weighted".
std::string_view name_of(Objective objective);
std::optional<Objective> objective_named(std::string_view name);

/// Exponents of `weighted`. Not negative, and not both zero.
struct ObjectiveWeights {
    double energy = 1;
    double latency = 1;
};

/// Smaller is better; to be compared with values of the same objective only.
double objective_value(Objective objective, ObjectiveWeights weights, Picojoules energy, Cycles latency);

}  // namespace plumbline
#pragma GCC visibility pop
