// SPDX-License-Identifier: Apache-2.0
// What an observer is told, handed on to a listener in C.
#pragma once

#include "plumbline/sim/observer.hpp"
#include "plumbline/workload.hpp"
#include "plumbline_sc.h"

namespace plumbline::plugin {

/// \param workload of the program with this number; copied names are all that is needed of it later
sim::Observer observer_of(plumbline_sc_listener listener, void* user, unsigned program, const Workload& workload);

}  // namespace plumbline::plugin
