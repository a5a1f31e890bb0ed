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

enum class ToleratedQuantity : std::uint8_t { accesses, latency, layers, copies, energy };
std::string_view name_of(ToleratedQuantity quantity);

struct ToleranceRule {
    ToleratedQuantity quantity = ToleratedQuantity::accesses;
    double at_most = 0;
    std::optional<Estimator> estimator = std::nullopt;  ///< none: all, as below
    std::string memory = {};                            ///< of accesses alone, as the next; empty: all
    std::string operand = {};                           ///< "I", "W" or "O"; empty: all
    SourceLocation memory_at = {};                      ///< for whoever knows which memories there are
};

/// \throws InputError
std::vector<ToleranceRule> read_tolerances(const std::string& path);
std::vector<ToleranceRule> parse_tolerances(const std::string& text, const std::string& filename);

}  // namespace plumbline::io
#pragma GCC visibility pop
