// SPDX-License-Identifier: Apache-2.0
// What this estimator prepares of a mapped layer for many orders of loops: nothing beyond the layer itself.
#pragma once

#include <utility>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail::uniform {

struct Model {
    LayerFacts layer;

    explicit Model(LayerFacts mapped) : layer{std::move(mapped)} {}
    /// The same on an accelerator that differs in latencies, timings and dispatch alone.
    void set_time(const Accelerator& accelerator) { detail::set_time(layer, accelerator); }
};

}  // namespace plumbline::detail::uniform
