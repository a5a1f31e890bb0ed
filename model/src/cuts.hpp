// SPDX-License-Identifier: Apache-2.0
// The stacks of a schedule: its layers in topological order, split after each cut.
#pragma once

#include <vector>

#include "plumbline/plan.hpp"

namespace plumbline::detail {

std::vector<LayerId> layer_ids(const Workload& workload);

/// \pre `cuts` are layers of the workload in topological order
std::vector<std::vector<LayerId>> split_after(const std::vector<LayerId>& layers, const std::vector<LayerId>& cuts);

}  // namespace plumbline::detail
