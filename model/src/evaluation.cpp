// SPDX-License-Identifier: Apache-2.0
#include "evaluation.hpp"

#include "accesses.hpp"

namespace plumbline::detail {
namespace {

OperandCost operand_cost(const OperandFacts& facts, const Transfers& transfers)
{
    OperandCost cost;
    cost.operand = facts.operand->name;
    cost.memory_operand = facts.memory_operand;
    for (std::size_t level = 0; level < facts.levels; ++level) {
        const auto accesses = word_accesses(facts, level, transfers[level]);
        LevelCost here;
        here.memory = facts.level[level].memory;
        for (Direction d : kAllDirections) {
            here.accesses[d] = Accesses{accesses[d]};
            here.energy[d] = Picojoules{accesses[d] * facts.level[level].energy(d)};
        }
        cost.levels.push_back(here);
    }
    return cost;
}

double mac_energy(const LayerModel& model) { return model.mac_energy * static_cast<double>(model.macs); }

double memory_energy(const LayerModel& model, const MappedOperands& mapped)
{
    double energy = 0;
    for (std::size_t i = 0; i < model.operands; ++i) energy += memory_energy(model.operand[i], mapped[i].transfers);
    return energy;
}

}  // namespace

MappedOperands map_operands(const LayerModel& model, const LoopCuts& cuts)
{
    MappedOperands mapped;
    for (std::size_t i = 0; i < model.operands; ++i) {
        const OperandFacts& facts = model.operand[i];
        mapped[i].reuse = analyse_reuse(facts, stationary(facts, cuts[i]));
        mapped[i].transfers = transfers_of(facts, mapped[i].reuse);
    }
    return mapped;
}

double total_energy(const LayerModel& model, const MappedOperands& mapped)
{
    return mac_energy(model) + memory_energy(model, mapped);
}

std::int64_t total_latency(const LayerModel& model, const MappedOperands& mapped)
{
    const LatencyTerms terms = latency_terms(model, mapped);
    return mapped[0].reuse.iterations + terms.stall + terms.loading + terms.offloading;
}

LayerCost full_cost(const LayerModel& model, const MappedOperands& mapped)
{
    const LatencyTerms terms = latency_terms(model, mapped);
    LayerCost cost;
    cost.macs = model.macs;
    cost.mac_energy = Picojoules{mac_energy(model)};
    cost.memory_energy = Picojoules{memory_energy(model, mapped)};
    for (std::size_t i = 0; i < model.operands; ++i)
        cost.operands.push_back(operand_cost(model.operand[i], mapped[i].transfers));
    cost.ideal = Cycles{divide_up(model.macs, model.array_units)};
    cost.temporal = Cycles{mapped[0].reuse.iterations};
    cost.stall = Cycles{terms.stall};
    cost.loading = Cycles{terms.loading};
    cost.offloading = Cycles{terms.offloading};
    return cost;
}

}  // namespace plumbline::detail
