// SPDX-License-Identifier: Apache-2.0
// The temporal loops of a given mapping as the analysis wants them: one sequence per operand, cut into levels.
#pragma once

#include <vector>

#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {

/// Owns the loops that its cuts point to; so it stays where it is.
class MappingCuts {
public:
    explicit MappingCuts(const LayerMapping& mapping);
    MappingCuts(const MappingCuts&) = delete;
    MappingCuts& operator=(const MappingCuts&) = delete;

    const LoopCuts& cuts() const { return cuts_; }

private:
    std::array<std::vector<TemporalLoop>, kMaxOperands> loops_;
    LoopCuts cuts_;
};

}  // namespace plumbline::detail
