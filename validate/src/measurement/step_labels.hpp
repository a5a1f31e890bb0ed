// SPDX-License-Identifier: Apache-2.0
// What people call a step: a layer by its name, copies by the layer that they come before.
#pragma once

#include <string>

#include "plumbline/sim/activity.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::validate {

/// "copy before conv2"; "copy of the stack's input" where `before` is empty.
std::string copy_label(const std::string& before);

/// "conv2", "copy before conv2". \param layer name of the activity's layer; empty: it has none
std::string step_label(const sim::Activity& activity, const std::string& layer);
/// The same, where the network names the layer. \pre a computation has a layer
std::string step_label(const Workload& workload, const sim::Activity& activity);

}  // namespace plumbline::validate
