// SPDX-License-Identifier: Apache-2.0
// Which feature map does a layer read as one of its inputs, and which one does a copy move?
#pragma once

#include <string>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/feature_box.hpp"

namespace plumbline::sim {

/// \pre the input is not constant
MapId map_read(const Workload& workload, const Layer& layer, std::size_t input);
/// "the network's input", and of several which one. \pre no layer makes the map
std::string name_of_input(const Workload& workload, MapId map);
/// The map that a region is part of.
MapId map_of(const FeatureRegion& region);

}  // namespace plumbline::sim
