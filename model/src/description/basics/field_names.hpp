// SPDX-License-Identifier: Apache-2.0
// How does a check name an element of a list?
#pragma once

#include <cstddef>
#include <string>

namespace plumbline {

/// "operands" and 2: "operands[2]".
inline std::string indexed(const std::string& field, std::size_t index)
{
    return field + '[' + std::to_string(index) + ']';
}

}  // namespace plumbline
