// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/model.hpp"

#include <utility>

#include "cost/refined/iteration_time.hpp"
#include "cost/refined/make_lanes.hpp"

namespace plumbline::detail::refined {

Model::Model(LayerFacts mapped) : layer{std::move(mapped)}, lanes{make_lanes(layer)} {}

void Model::set_time(const Accelerator& accelerator)
{
    detail::set_time(layer, accelerator);
    set_iteration_time(lanes, layer);
}

}  // namespace plumbline::detail::refined
