// SPDX-License-Identifier: Apache-2.0
#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {
namespace {

OperandCost operand_cost(const OperandFacts& facts, const OperandAccesses& accesses)
{
    OperandCost cost;
    cost.operand = facts.operand->name;
    cost.memory_operand = facts.memory_operand;
    for (std::size_t level = 0; level < facts.levels; ++level) {
        LevelCost here;
        here.memory = facts.level[level].memory;
        for (Direction d : kAllDirections) {
            here.accesses[d] = Accesses{accesses[level][d]};
            here.energy[d] = Picojoules{accesses[level][d] * facts.level[level].energy(d)};
        }
        cost.levels.push_back(here);
    }
    return cost;
}

}  // namespace

double mac_energy(const LayerFacts& layer) { return layer.mac_energy * static_cast<double>(layer.macs); }

double memory_energy(const OperandFacts& facts, const OperandAccesses& accesses)
{
    double energy = 0;
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (Direction d : kAllDirections) energy += accesses[level][d] * facts.level[level].energy(d);
    return energy;
}

CostModel make_cost_model(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                          Estimator estimator, const std::vector<Bits>& held)
{
    return {estimator, make_layer_facts(accelerator, layer, mapping, held)};
}

double Evaluation::memory_energy()
{
    double energy = 0;
    for (std::size_t i = 0; i < layer_.operands; ++i)
        energy += detail::memory_energy(layer_.operand[i], estimate_.accesses(i));
    return energy;
}

double Evaluation::energy() { return mac_energy(layer_) + memory_energy(); }

LatencyTerms Evaluation::latency_terms(CapacityRanges* ranges)
{
    LatencyTerms terms = estimate_.latency(ranges);
    terms.loading += layer_.dispatch;
    return terms;
}

LayerCost Evaluation::cost()
{
    const LatencyTerms terms = latency_terms();
    LayerCost cost;
    cost.macs = layer_.macs;
    cost.mac_energy = Picojoules{mac_energy(layer_)};
    cost.memory_energy = Picojoules{memory_energy()};
    for (std::size_t i = 0; i < layer_.operands; ++i)
        cost.operands.push_back(operand_cost(layer_.operand[i], estimate_.accesses(i)));
    cost.ideal = Cycles{divide_up(layer_.macs, layer_.array_units)};
    cost.temporal = Cycles{terms.iterations};
    cost.stall = Cycles{terms.stall};
    cost.loading = Cycles{terms.loading};
    cost.offloading = Cycles{terms.offloading};
    return cost;
}

}  // namespace plumbline::detail
