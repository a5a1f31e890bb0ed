// SPDX-License-Identifier: Apache-2.0
// What this estimator prepares of a mapped layer for many orders of loops: its lanes and instances.
#pragma once

#include "cost/layer/layer_facts.hpp"
#include "cost/refined/blocks/lanes.hpp"

namespace plumbline::detail::refined {

struct Model {
    LayerFacts layer;
    Lanes lanes;  ///< of the layer

    explicit Model(LayerFacts mapped);
    /// The same on an accelerator that differs in latencies, timings and dispatch alone.
    void set_time(const Accelerator& accelerator);
};

}  // namespace plumbline::detail::refined
