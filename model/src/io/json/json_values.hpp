// SPDX-License-Identifier: Apache-2.0
// Values that several JSON documents share: names of memories, operands and loop dimensions, lists of loops.
#pragma once

#include "json/json_field.hpp"
#include "plumbline/mapping.hpp"

namespace plumbline::io {

/// \throws InputError for a name that nothing has, in all of these
MemoryId memory_of(const JsonField& field, const Accelerator& accelerator);
MemoryOperand memory_operand_of(const JsonField& field);
LoopDim loop_dim_of(const JsonField& field);

/// `[["FX", 5], ["OY", 12]]` per level.
std::vector<std::vector<TemporalLoop>> temporal_loops_of(const JsonField& field);
std::vector<std::vector<SpatialLoop>> spatial_loops_of(const JsonField& field);

}  // namespace plumbline::io
