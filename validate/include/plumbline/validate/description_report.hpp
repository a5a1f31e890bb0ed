// SPDX-License-Identifier: Apache-2.0
// What a description says, as a text: which memories feed the array and through which ports; which layers a network has.
//
//     std::cout << description_text(accelerator);
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// The array; the memories as a tree, off-chip memory first, each below those that it exchanges operands with; their ports.
std::string description_text(const Accelerator& accelerator);

/// The layers in topological order with sizes, sources, MACs and weights, and their sums.
std::string description_text(const Workload& workload);

}  // namespace plumbline::validate
#pragma GCC visibility pop
