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

/// What is minimised.
enum class Objective : std::uint8_t {
    energy,    ///< picojoules
    latency,   ///< cycles
    edp,       ///< energy times latency
    weighted,  ///< powers of both, multiplied
};
/// "energy", "latency", "edp", "weighted".
std::string_view name_of(Objective objective);
/// The objective of that name; nothing for other names.
std::optional<Objective> objective_named(std::string_view name);

/// Exponents of `weighted`. Not negative, and not both zero.
struct ObjectiveWeights {
    double energy = 1;   ///< exponent of the energy
    double latency = 1;  ///< exponent of the latency
};

/// Smaller is better; to be compared with values of the same objective only.
/// Energy in picojoules, latency in cycles, or a product of powers of both.
double objective_value(Objective objective, ObjectiveWeights weights, Picojoules energy, Cycles latency);

}  // namespace plumbline
#pragma GCC visibility pop
