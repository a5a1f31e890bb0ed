// SPDX-License-Identifier: Apache-2.0
// How a machine runs: chosen at construction, the same for all of its parts.
#pragma once

#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/observer.hpp"

namespace plumbline::sim {

struct MachineOptions {
    Fidelity fidelity = Fidelity::transaction;
    Observer observer;
};

}  // namespace plumbline::sim
