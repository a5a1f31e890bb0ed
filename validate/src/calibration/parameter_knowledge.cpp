// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/parameter_knowledge.hpp"

#include <array>

namespace plumbline::validate {

std::string_view name_of(Knowledge knowledge)
{
    constexpr std::array<std::string_view, 5> kNames{"identified", "combined", "imitated", "unseen", "drowned"};
    return kNames[static_cast<std::size_t>(knowledge)];
}

bool stays_initial(Knowledge knowledge)
{
    return knowledge != Knowledge::identified && knowledge != Knowledge::confounded;
}

}  // namespace plumbline::validate
