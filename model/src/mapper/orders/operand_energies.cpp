// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/operand_energies.hpp"

#include <limits>

#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {
namespace {

/// Before loops that may leave windows in place. No state.
constexpr LoopState kWindows = std::numeric_limits<LoopState>::max();

const SlidingAxis* axis_along(const Operand& operand, LoopDim dim)
{
    for (const SlidingAxis& axis : operand.sliding)
        if (axis.position == dim || axis.window == dim) return &axis;
    return nullptr;
}

}  // namespace

OperandEnergies::OperandEnergies(const CostModel& model, const LoopLattice& loops) : model_{model}, loops_{loops}
{
    for (std::size_t i = 0; i < model.layer().operands; ++i)
        for (LoopDim dim : kAllLoopDims) irrelevant_[i][dim] = model.layer().operand[i].irrelevant(dim);
}

/// Adds the block of the link that is cut at a position to the key, and what may leave parts of it in place. False while either is
/// open.
bool OperandEnergies::add_link(std::size_t operand, std::size_t position, const LoopPath& path,
                               const std::vector<TemporalLoop>& order)
{
    const OperandFacts& facts = model_.layer().operand[operand];
    const PerLoopDim<bool>& irrelevant = irrelevant_[operand];
    while (position < path.known() && irrelevant[order[position].dim]) ++position;
    if (position >= path.known()) {
        key_.push_back(loops_.end());
        return path.last() == loops_.end();
    }
    key_.push_back(path.below(position));
    if (!model_.windows_stay() || facts.output) return true;
    key_.push_back(kWindows);
    const SlidingAxis* along = nullptr;
    for (; position < path.known(); ++position) {
        const LoopDim dim = order[position].dim;
        if (irrelevant[dim]) continue;
        const SlidingAxis* const axis = axis_along(*facts.operand, dim);
        if (axis == nullptr || (along != nullptr && along != axis)) return true;
        along = axis;
        key_.push_back(path.below(position));
        key_.push_back(path.below(position + 1));
    }
    return path.last() == loops_.end();
}

/// The loops that are left, in any order.
void OperandEnergies::complete(std::vector<TemporalLoop>& order, const LoopPath& path) const
{
    std::size_t position = path.known();
    for (LoopState state = path.last(); state != loops_.end(); ++position) {
        const LoopStep& step = *loops_.steps_from(state).begin();
        order[position] = step.loop;
        state = step.to;
    }
}

std::optional<double> OperandEnergies::find(std::size_t operand, const std::array<LoopCount, kMaxArrayLevels>& cut,
                                            const LoopPath& path, std::vector<TemporalLoop>& order)
{
    const OperandFacts& facts = model_.layer().operand[operand];
    key_.clear();
    for (std::size_t level = facts.kept ? 0 : 1; level < facts.levels; ++level)
        if (!add_link(operand, cut[level], path, order)) return std::nullopt;
    const auto [entry, added] = known_[operand].try_emplace(key_);
    if (added) {
        complete(order, path);
        LoopCut loops{order.data(), order.size(), {}};
        for (std::size_t level = 0; level <= facts.levels; ++level) loops.cut[level] = cut[level];
        entry->second = memory_energy(facts, model_.accesses(operand, loops));
    }
    return entry->second;
}

}  // namespace plumbline::detail
