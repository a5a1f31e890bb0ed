// SPDX-License-Identifier: Apache-2.0
// How one operand sees the loops of its layer: which dimensions index its data, where the sequence of temporal loops is
// cut into its memory levels, and which lanes share one instance of a memory.
#pragma once

#include <vector>

#include "plumbline/mapping.hpp"

namespace plumbline::sim {

struct OperandView {
    const Operand* operand = nullptr;
    MemoryOperand memory_operand = MemoryOperand::i1;
    std::vector<MemoryId> levels;
    /// Temporal loops held by levels 0 to i: a position in the sequence of all loops.
    std::vector<std::size_t> cut;
    /// Lanes that one instance of level i serves, per dimension; the last entry has all lanes.
    std::vector<LoopSizes> lanes_inside;
    /// Per sliding axis, features that windows reach beyond the edges of the map; empty where there are none, and no axis
    /// is up-sampled.
    std::vector<AxisPadding> padding;

    bool is_output() const { return memory_operand == MemoryOperand::o; }
    /// Whether other data is needed when `dim` advances.
    bool depends_on(LoopDim dim) const;
};

/// Dimensions that sums of the operand run over.
DimSet reduced_by(const OperandView& output);

/// One per operand of the mapping, output first. The layer must outlive them.
std::vector<OperandView> operand_views(const Layer& layer, const LayerMapping& mapping);

}  // namespace plumbline::sim
