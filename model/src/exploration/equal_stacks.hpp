// SPDX-License-Identifier: Apache-2.0
// Which stacks cost the same with every tile and mode, since they have the same layers in the same order?
//
// Networks repeat their blocks, so that most of what they can be cut into is there several times.
#pragma once

#include <cstddef>
#include <vector>

#include "planning/open_stack.hpp"

namespace plumbline::detail {

/// Stacks by kind.
struct StackKinds {
    std::vector<std::size_t> first;    ///< of each kind: its first stack
    std::vector<std::size_t> kind_of;  ///< of each stack
};

/// \param stacks of one network
StackKinds stack_kinds(const std::vector<OpenStack>& stacks);

}  // namespace plumbline::detail
