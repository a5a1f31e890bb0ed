// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/found_mapping.hpp"

#include <algorithm>

namespace plumbline::detail {
namespace {

/// Loops below a link. The MACs keep a block as long as no loop changes it.
std::size_t loops_below(const MappingSpace& space, const std::vector<TemporalLoop>& order, const LoopCut& cut,
                        std::size_t operand, std::size_t link)
{
    const std::size_t above = space.above(operand, link);
    if (above > 0) return cut.cut[above];
    const auto changes = std::find_if(order.begin(), order.end(), [&](const TemporalLoop& loop) {
        return loop.size > 1 && !space.irrelevant(operand, loop.dim);
    });
    return std::min(cut.cut[1], static_cast<std::size_t>(changes - order.begin()));
}

/// Adds a loop by those that the space has of it, and returns the state behind it.
LoopState add_loop(std::vector<Decision>& decisions, const LoopLattice& loops, LoopState state, TemporalLoop loop)
{
    while (loop.size > 1) {
        const LoopSteps steps = loops.steps_from(state);
        const LoopStep* const part = std::find_if(steps.begin(), steps.end(), [&](const LoopStep& step) {
            return step.loop.dim == loop.dim && loop.size % step.loop.size == 0;
        });
        if (part == steps.end()) break;
        decisions.push_back({false, 0, part->loop});
        loop.size /= part->loop.size;
        state = part->to;
    }
    return state;
}

bool take(const MappingSpace& space, PartialMapping& mapping, const Decision& decision)
{
    if (decision.cuts) return space.cut(mapping, decision.operand);
    for (const LoopStep& step : space.loops().steps_from(mapping.state))
        if (step.loop == decision.loop) return space.add(mapping, step);
    return false;
}

}  // namespace

/// A memory that takes no loop is cut where the level below is, whatever the state at which its energy was counted.
FoundMapping::FoundMapping(const MappingSpace& space, const std::vector<Decision>& decisions, std::uint8_t overflowing)
{
    PartialMapping choice;
    choice.overflowing = overflowing;
    std::array<std::size_t, kMaxOperands> links{};
    for (const Decision& decision : decisions) {
        if (!decision.cuts) {
            loops_.push_back(decision.loop);
            continue;
        }
        const std::size_t operand = decision.operand;
        const std::size_t above = space.above(operand, links[operand]++);
        if (above == 0) continue;
        LoopCut& cut = cuts_[operand];
        cut.cut[above] = space.takes_none(choice, operand, above - 1) ? cut.cut[above - 1] : loops_.size();
    }
    for (std::size_t operand = 0; operand < space.operands(); ++operand) {
        LoopCut& cut = cuts_[operand];
        cut.cut[space.model().layer().operand[operand].levels] = loops_.size();
        cut.loops = loops_.data();
        cut.count = loops_.size();
    }
}

bool fits(const MappingSpace& space, PartialMapping mapping, const std::vector<Decision>& decisions)
{
    for (const Decision& decision : decisions)
        if (!take(space, mapping, decision)) return false;
    return space.complete(mapping);
}

std::vector<Decision> decisions_of(const MappingSpace& space, const std::vector<TemporalLoop>& order,
                                   const LoopCuts& cuts)
{
    std::vector<Decision> decisions;
    std::array<std::size_t, kMaxOperands> links{};
    LoopState state = space.loops().begin();
    for (std::size_t position = 0; position <= order.size(); ++position) {
        for (std::size_t operand = 0; operand < space.operands(); ++operand)
            for (std::size_t& link = links[operand]; link < space.links(operand); ++link) {
                if (loops_below(space, order, cuts[operand], operand, link) > position) break;
                decisions.push_back({true, static_cast<std::uint8_t>(operand), {}});
            }
        if (position < order.size()) state = add_loop(decisions, space.loops(), state, order[position]);
    }
    return decisions;
}

}  // namespace plumbline::detail
