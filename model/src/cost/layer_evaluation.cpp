// SPDX-License-Identifier: Apache-2.0
#include "cost/layer_evaluation.hpp"

#include "cost/refined/accesses.hpp"
#include "cost/refined/latency.hpp"
#include "cost/uniform/accesses.hpp"

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

double mac_energy(const LayerModel& model) { return model.mac_energy * static_cast<double>(model.macs); }

double energy_of(const OperandFacts& facts, const OperandAccesses& accesses)
{
    double energy = 0;
    for (std::size_t level = 0; level < facts.levels; ++level)
        for (Direction d : kAllDirections) energy += accesses[level][d] * facts.level[level].energy(d);
    return energy;
}

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

}  // namespace

CostModel make_cost_model(const Accelerator& accelerator, const Layer& layer, const LayerMapping& mapping,
                          Estimator estimator, const std::vector<Bits>& taken)
{
    CostModel model{make_layer_model(accelerator, layer, mapping), std::nullopt};
    for (std::size_t i = 0; i < model.layer.operands; ++i) {
        OperandFacts& facts = model.layer.operand[i];
        for (std::size_t level = 0; level < facts.levels; ++level)
            if (facts.level[level].memory < taken.size()) facts.level[level].free -= taken[facts.level[level].memory];
    }
    if (estimator == Estimator::refined) model.lanes = make_lane_model(model.layer);
    return model;
}

void set_time(CostModel& model, const Accelerator& accelerator)
{
    set_time(model.layer, accelerator);
    if (model.lanes) set_pace(*model.lanes, model.layer);
}

const MappedOperands& Evaluation::mapped()
{
    if (!mapped_) mapped_ = map_operands(model_.layer, cuts_);
    return *mapped_;
}

OperandAccesses Evaluation::accesses(std::size_t operand)
{
    const OperandFacts& facts = model_.layer.operand[operand];
    if (model_.lanes) return lane_accesses(facts, model_.lanes->operand[operand], cuts_[operand]);
    return word_accesses(facts, mapped()[operand].transfers);
}

double Evaluation::memory_energy()
{
    double energy = 0;
    for (std::size_t i = 0; i < model_.layer.operands; ++i) energy += energy_of(model_.layer.operand[i], accesses(i));
    return energy;
}

double Evaluation::energy() { return mac_energy(model_.layer) + memory_energy(); }

LatencyTerms Evaluation::latency_terms()
{
    LatencyTerms terms = model_.lanes ? lane_latency(model_, cuts_) : detail::latency_terms(model_.layer, mapped());
    terms.loading += model_.layer.dispatch;
    return terms;
}

std::int64_t Evaluation::latency() { return latency_terms().total(); }

LayerCost Evaluation::cost()
{
    const LayerModel& layer = model_.layer;
    const LatencyTerms terms = latency_terms();
    LayerCost cost;
    cost.macs = layer.macs;
    cost.mac_energy = Picojoules{mac_energy(layer)};
    cost.memory_energy = Picojoules{memory_energy()};
    for (std::size_t i = 0; i < layer.operands; ++i)
        cost.operands.push_back(operand_cost(layer.operand[i], accesses(i)));
    cost.ideal = Cycles{divide_up(layer.macs, layer.array_units)};
    cost.temporal = Cycles{terms.iterations};
    cost.stall = Cycles{terms.stall};
    cost.loading = Cycles{terms.loading};
    cost.offloading = Cycles{terms.offloading};
    return cost;
}

}  // namespace plumbline::detail
