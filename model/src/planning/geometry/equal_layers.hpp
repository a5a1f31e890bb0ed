// SPDX-License-Identifier: Apache-2.0
// Which layers of a network pose the same mapping problems, since they differ in nothing that a mapping or its cost depends on?
//
// Networks repeat their blocks. What is searched for one layer on a tile is the answer for all that are like it, also where their
// maps are larger or smaller: a problem has the sizes of the tile, and its padding.
//
//     const EqualLayers equal{workload, rules};
//     equal.first_like(layer).name
#pragma once

#include <unordered_map>
#include <vector>

#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::detail {

class EqualLayers {
public:
    /// Both must outlive it.
    EqualLayers(const Workload& workload, const MappingRules& rules);

    /// In the order of the network; the layer itself where it is the first. \pre the layer is in the network
    const Layer& first_like(const Layer& layer) const { return *first_.at(layer.id); }

private:
    std::unordered_map<LayerId, const Layer*> first_;
};

}  // namespace plumbline::detail
