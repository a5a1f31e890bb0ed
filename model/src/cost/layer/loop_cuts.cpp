// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/loop_cuts.hpp"

namespace plumbline::detail {

MappingCuts::MappingCuts(const LayerMapping& mapping)
{
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        const auto& levels = mapping.operands[i].temporal;
        for (std::size_t level = 0; level < levels.size(); ++level) {
            loops_[i].insert(loops_[i].end(), levels[level].begin(), levels[level].end());
            cuts_[i].cut[level + 1] = loops_[i].size();
        }
        cuts_[i].loops = loops_[i].data();
        cuts_[i].count = loops_[i].size();
    }
}

}  // namespace plumbline::detail
