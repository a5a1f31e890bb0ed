// SPDX-License-Identifier: Apache-2.0
#include "yaml/loop_dim_name.hpp"

#include <algorithm>

namespace plumbline::io {

const NumberedDim* numbered_dim(std::string_view name)
{
    const bool numbered = name.size() == 2 && (name.front() == 'D' || name.front() == 'd');
    const auto found = std::find_if(kNumberedDims.begin(), kNumberedDims.end(), [&](const NumberedDim& each) {
        return numbered && each.name.back() == name.back();
    });
    return found == kNumberedDims.end() ? nullptr : found;
}

std::optional<LoopDim> written_loop_dim(std::string_view name)
{
    if (const NumberedDim* numbered = numbered_dim(name)) return numbered->dim;
    return loop_dim_named(name);
}

}  // namespace plumbline::io
