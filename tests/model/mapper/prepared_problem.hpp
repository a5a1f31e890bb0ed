// SPDX-License-Identifier: Apache-2.0
// A random problem with what is derived of it before a search.
#pragma once

#include <vector>

#include "cost/layer_evaluation.hpp"
#include "mapper/orders/loop_allocation.hpp"
#include "mapper/orders/loop_order.hpp"
#include "mapper/spatial_mapping.hpp"
#include "model/mapper/random_problem.hpp"

namespace plumbline::test {

struct PreparedProblem {
    std::vector<detail::FittedUnrolling> unrollings;
    LayerMapping spatial;
    detail::CostModel model;
    detail::SharedMemories memories;
    detail::LoopOrder order;  ///< of prime factors

    PreparedProblem(const MappingProblem& problem, Estimator estimator)
        : unrollings{detail::fit_unrollings(*problem.rule, problem.sizes, problem.accelerator->array())},
          spatial{detail::spatial_mapping(problem, unrollings)},
          model{detail::make_cost_model(*problem.accelerator, *problem.layer, spatial, estimator, problem.reserved)},
          memories{detail::shared_memories(problem, model.layer())},
          order{detail::loop_order(problem.rule->ordering, detail::temporal_sizes(problem.sizes, unrollings), 0)}
    {}
};

}  // namespace plumbline::test
