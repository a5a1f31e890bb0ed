// SPDX-License-Identifier: Apache-2.0
// How far may predictions be off, quantity by quantity? From a YAML file.
//
//     accesses:                                                    # words per memory, operand and direction
//       - {estimator: refined, at_most: 1e-9}
//       - {estimator: uniform, at_most: 0.1}
//       - {estimator: uniform, memory: rf_2B, operand: O, at_most: 0.5}
//     latency: 0.05                                                # cycles of the whole run
//     layers: [{estimator: refined, at_most: 0.2}]                 # of each layer; likewise `copies`
//     energy: 0.01
//
// Fractions of what was simulated, either way. Of rules of a quantity the last one that applies counts; what none applies to
// may be off by anything. A number alone is a rule for all.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/cost.hpp"
#include "plumbline/error.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// What a rule limits the deviation of.
enum class ToleratedQuantity : std::uint8_t {
    accesses,  ///< words per memory, operand and direction
    latency,   ///< cycles of the whole run
    layers,    ///< cycles of each layer
    copies,    ///< cycles of each copy step
    energy,    ///< of the whole run
};
/// Its key in a file: "accesses", "latency", "layers", "copies", "energy".
std::string_view name_of(ToleratedQuantity quantity);

/// How far a prediction may be off.
struct ToleranceRule {
    ToleratedQuantity quantity = ToleratedQuantity::accesses;  ///< which it is for
    double at_most = 0;                                        ///< fraction of what was simulated, either way
    std::optional<Estimator> estimator = std::nullopt;         ///< none: all, as below
    std::string memory = {};                                   ///< of accesses alone, as the next; empty: all
    std::string operand = {};                                  ///< "I", "W" or "O"; empty: all
    SourceLocation memory_at = {};                             ///< for whoever knows which memories there are
};

/// \throws InputError
/// Rules in the order of the file.
std::vector<ToleranceRule> read_tolerances(const std::string& path);
/// The same from a text; `filename` is named in errors. \throws InputError
std::vector<ToleranceRule> parse_tolerances(const std::string& text, const std::string& filename);

}  // namespace plumbline::io
#pragma GCC visibility pop
