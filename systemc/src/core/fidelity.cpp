// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/fidelity.hpp"

namespace plumbline::sim {

std::string_view name_of(Fidelity fidelity) { return fidelity == Fidelity::cycle ? "cycle" : "transaction"; }

std::optional<Fidelity> fidelity_named(std::string_view name)
{
    for (Fidelity each : {Fidelity::cycle, Fidelity::transaction}) {
        if (name == name_of(each)) return each;
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
