// SPDX-License-Identifier: Apache-2.0
// The einsum-like notation of layers: `O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]` with `ix=2*ox+1*fx`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::io {

/// An operand with its indices.
struct Term {
    std::string name;
    std::vector<std::string> indices;
};

enum class Combination : std::uint8_t { product, sum };

struct Equation {
    Term output;
    std::vector<Term> inputs;  ///< one or two
    Combination combination = Combination::product;
};

Outcome<Equation> parse_equation(std::string_view text);
/// `ix=2*ox+1*fx`; missing factors are 1.
Outcome<SlidingAxis> parse_relation(std::string_view text);
/// A sliding axis as SlidingAxis::name has it: "IX" for `ix`.
std::string axis_name(const std::string& index);
/// Dimensions and axes of an operand. Precision and source are left to the caller.
Outcome<Operand> operand_of(const Term& term, const std::vector<SlidingAxis>& relations);
/// Whether an operand that no layer produces is known before the network runs: W in a product.
bool is_weight(const Term& term, const Equation& equation);

}  // namespace plumbline::io
