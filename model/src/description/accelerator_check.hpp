// SPDX-License-Identifier: Apache-2.0
// Is a description of hardware one that can be built? What the constructor of Accelerator promises, checked.
//
// Fields in the errors are named as in ZigZag's hardware description, so that a reader can point at the line.
#pragma once

#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"

namespace plumbline {

/// "memories.sram_64KB", or "memories[2]" where it has no name.
std::string field_of(const std::vector<Memory>& memories, MemoryId id);

/// One for each position along the dimensions that a memory does not serve.
std::int64_t instances_of(const Memory& memory, const MacArray& array);

/// \throws InputError
void check_array(const MacArray& array);
/// Each memory on its own: sizes, ports, served dimensions. \throws InputError
void check_memories(const std::vector<Memory>& memories, const MacArray& array);
/// All memories together: operands served, ports for their directions, one top. \throws InputError
void check_hierarchy(const std::vector<Memory>& memories);

}  // namespace plumbline
