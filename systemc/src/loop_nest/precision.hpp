// SPDX-License-Identifier: Apache-2.0
// Bits of one element of an operand, which for outputs depend on whether they are final.
#pragma once

#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

struct Precision {
    Bits partial{};
    Bits final{};

    /// What has no bits (the weights of a pooling layer) never moves.
    bool none() const { return partial == Bits{} && final == Bits{}; }
};

inline Precision precision_of(const Layer& layer, const OperandView& view)
{
    if (view.is_output()) return {layer.output.precision, layer.final_precision};
    return {view.operand->precision, view.operand->precision};
}

}  // namespace plumbline::sim
