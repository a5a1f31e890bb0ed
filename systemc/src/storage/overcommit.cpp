// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/overcommit.hpp"

namespace plumbline::sim {

std::string_view name_of(Overcommit overcommit) { return overcommit == Overcommit::refuse ? "refuse" : "report"; }

std::optional<Overcommit> overcommit_named(std::string_view name)
{
    for (Overcommit each : {Overcommit::refuse, Overcommit::report}) {
        if (name_of(each) == name) return each;
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
