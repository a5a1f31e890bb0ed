// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/mapping_space.hpp"

#include <algorithm>

namespace plumbline::detail {

MappingSpace::MappingSpace(const CostModel& model, const SharedMemories& memories, const LoopLattice& loops)
    : model_{model},
      memories_{memories},
      loops_{loops},
      held_{model.layer(), memories.policy, loops}
{
    for (const SharedMemory& memory : memories.memories)
        ranges_.resize(std::max<std::size_t>(ranges_.size(), memory.memory + 1));
    place_levels();
    find_overflows();
    find_energies();
    for (std::size_t operand = 0; operand < operands(); ++operand) find_bounds(operand_[operand]);
}

void MappingSpace::place_levels()
{
    std::size_t shared = 0;
    for (std::size_t operand = 0; operand < operands(); ++operand) {
        const OperandFacts& facts = model_.layer().operand[operand];
        operand_[operand].kept = facts.kept;
        operand_[operand].levels.resize(facts.levels);
        for (std::size_t above = facts.kept ? 0 : 1; above < facts.levels; ++above)
            operand_[operand].links.push_back({above, {}, {}});
    }
    for (const SharedMemory& memory : memories_.memories) {
        for (const OperandLevel& place : memory.levels) {
            Level& level = operand_[place.operand].levels[place.level];
            level.place = &place;
            level.memory = memory_.size();
        }
        memory_.push_back({&memory, memory.levels.size() > 1 ? shared++ : kNotShared, 0});
    }
}

/// Where all levels of a memory are the nearest ones of their operands, it is known whether a single iteration fits; else both
/// are tried.
void MappingSpace::find_overflows()
{
    overflow_choices_ = {0};
    std::uint8_t next = 1;
    for (MemorySpace& space : memory_) {
        const SharedMemory& memory = *space.memory;
        if (memories_.policy != CapacityPolicy::optimistic || !memory.innermost() || memory.levels.size() < 2) continue;
        std::int64_t least = 0;
        bool nearest = true;
        for (const OperandLevel& level : memory.levels) {
            least += bits(level.operand, level.level, loops_.begin(), all_summed(loops_.begin()));
            nearest = nearest && level.level == 0;
        }
        if (nearest && fits(memory, least)) continue;
        space.overflow = next;
        next = static_cast<std::uint8_t>(next << 1);
        const std::vector<std::uint8_t> before = overflow_choices_;
        if (nearest) overflow_choices_.clear();
        for (std::uint8_t choice : before) overflow_choices_.push_back(choice | space.overflow);
    }
}

bool MappingSpace::takes_none(const PartialMapping& mapping, std::size_t operand, std::size_t level) const
{
    return (memory_[operand_[operand].levels[level].memory].overflow & mapping.overflowing) != 0;
}

/// Whether some loop of a state changes the operand's blocks.
bool MappingSpace::loops_change(std::size_t operand, LoopState state) const
{
    return std::any_of(kAllLoopDims.begin(), kAllLoopDims.end(),
                       [&](LoopDim dim) { return loops_.below(state)[dim] > 1 && !irrelevant(operand, dim); });
}

/// Whether no loop outside adds to sums.
bool MappingSpace::all_summed(LoopState state) const
{
    return std::none_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
        return irrelevant(0, dim) && loops_.below(state)[dim] < loops_.all()[dim];
    });
}

std::int64_t MappingSpace::bits(std::size_t operand, std::size_t level, LoopState state, bool final_sums) const
{
    const Level& at = operand_[operand].levels[level];
    const OperandFacts& facts = model_.layer().operand[operand];
    return std::max(held_.at(operand, level, state) * (final_sums ? facts.final_precision : facts.precision),
                    at.place->stays);
}

bool MappingSpace::fits(const SharedMemory& memory, std::int64_t bits) const
{
    CapacityRange& range = ranges_[memory.memory];
    const bool fits = bits <= memory.capacity;
    fits ? range.fits(bits) : range.overflows(bits);
    return fits;
}

/// Notes what a level holds; false where that alone is too much.
bool MappingSpace::take(PartialMapping& mapping, std::size_t operand, std::size_t level, bool final_sums) const
{
    const MemorySpace& memory = memory_[operand_[operand].levels[level].memory];
    const std::int64_t held = bits(operand, level, mapping.state, final_sums);
    if (!fits(*memory.memory, held)) return false;
    if (memory.shared != kNotShared) mapping.used[memory.shared] += held;
    return true;
}

/// Where the memory takes no loop, none may be left for the highest level.
bool MappingSpace::take_highest(PartialMapping& mapping, std::size_t operand) const
{
    const std::size_t highest = operand_[operand].levels.size() - 1;
    if (takes_none(mapping, operand, highest)) {
        const bool below_takes_none = highest > 0 && takes_none(mapping, operand, highest - 1);
        if (mapping.state != loops_.end() || (below_takes_none && loops_.size() > 1)) return false;
    }
    return take(mapping, operand, highest, mapping.final_sums);
}

std::vector<PartialMapping> MappingSpace::beginnings() const
{
    std::vector<PartialMapping> all;
    for (std::uint8_t overflowing : overflow_choices_) {
        PartialMapping mapping;
        mapping.overflowing = overflowing;
        mapping.energy = fixed_energy_;
        mapping.final_sums = all_summed(mapping.state);
        bool fits = true;
        for (std::size_t i = 0; i < operands() && fits; ++i)
            if (operand_[i].levels.size() == 1) fits = take_highest(mapping, i);
        if (fits && has_room(mapping)) all.push_back(mapping);
    }
    return all;
}

bool MappingSpace::cut(PartialMapping& mapping, std::size_t operand) const
{
    const OperandSpace& space = operand_[operand];
    const std::size_t number = mapping.cut[operand];
    const Link& link = space.links[number];
    if (link.energy[mapping.state] >= kNever) return false;
    ++mapping.cut[operand];
    mapping.energy += link.energy[mapping.state];
    if (!link.staying.empty() && link.staying[mapping.state] > 0)
        mapping.runs.push_back(
            {static_cast<std::uint16_t>(operand), static_cast<std::uint16_t>(number), mapping.state, nullptr, 0});
    if (link.above == 0) return true;
    const std::size_t level = link.above - 1;
    const bool none = takes_none(mapping, operand, level);
    if (none && level == 0 && loops_change(operand, mapping.state)) return false;
    if (!take(mapping, operand, level, operand == 0 && mapping.final_sums)) return false;
    if (operand == 0 && !none) mapping.final_sums = all_summed(mapping.state);
    if (link.above + 1 == space.levels.size()) {
        if (!take_highest(mapping, operand)) return false;
    }
    return has_room(mapping);
}

bool MappingSpace::decided(const PartialMapping& mapping, const OperandLevel& level) const
{
    const OperandSpace& space = operand_[level.operand];
    if (level.top) return level.level == 0 || mapping.cut[level.operand] == space.links.size();
    return mapping.cut[level.operand] > level.level + (space.kept ? 1 : 0);
}

/// For what is held already, and the least of what is to come.
bool MappingSpace::has_room(const PartialMapping& mapping) const
{
    for (const MemorySpace& space : memory_) {
        if (space.shared == kNotShared || (space.overflow & mapping.overflowing) != 0) continue;
        std::int64_t held = mapping.used[space.shared];
        for (const OperandLevel& level : space.memory->levels)
            if (!decided(mapping, level)) held += bits(level.operand, level.level, mapping.state, level.operand == 0);
        if (!fits(*space.memory, held)) return false;
    }
    return true;
}

/// What must stay below the next loop: a link of the MACs, or that of a memory which takes no loop.
bool MappingSpace::must_cut_before(const PartialMapping& mapping, LoopDim dim) const
{
    for (std::size_t operand = 0; operand < operands(); ++operand) {
        const OperandSpace& space = operand_[operand];
        if (mapping.cut[operand] == space.links.size()) continue;
        const std::size_t above = space.links[mapping.cut[operand]].above;
        if (above > 0 && !takes_none(mapping, operand, above - 1)) continue;
        if (above > 1 || !irrelevant(operand, dim)) return true;
    }
    return false;
}

bool MappingSpace::add(PartialMapping& mapping, const LoopStep& step) const
{
    if (must_cut_before(mapping, step.loop.dim)) return false;
    follow_runs(mapping, step);
    mapping.state = step.to;
    mapping.runs.erase(std::remove_if(mapping.runs.begin(), mapping.runs.end(),
                                      [&](const StayingRun& run) { return !may_go_on(run, step.to); }),
                       mapping.runs.end());
    return has_room(mapping);
}

void MappingSpace::follow_runs(PartialMapping& mapping, const LoopStep& step) const
{
    const LoopDim dim = step.loop.dim;
    const auto ends = [&](StayingRun& run) {
        if (irrelevant(run.operand, dim)) return false;
        const Operand& operand = *model_.layer().operand[run.operand].operand;
        const auto axis = std::find_if(operand.sliding.begin(), operand.sliding.end(), [&](const SlidingAxis& each) {
            return each.position == dim || each.window == dim;
        });
        if (axis == operand.sliding.end() || (run.axis != nullptr && run.axis != &*axis)) return true;
        run.axis = &*axis;
        const Quanta saved =
            quanta(model_.staying_energy(run.operand, above(run.operand, run.link), loops_.below(run.block),
                                         loops_.below(mapping.state), step.loop));
        run.stayed += saved;
        mapping.energy -= saved;
        return false;
    };
    mapping.runs.erase(std::remove_if(mapping.runs.begin(), mapping.runs.end(), ends), mapping.runs.end());
}

/// Whether a loop is left that runs along the axis of a run, or along any as long as it has none.
bool MappingSpace::may_go_on(const StayingRun& run, LoopState state) const
{
    const auto left = [&](LoopDim dim) { return loops_.below(state)[dim] < loops_.all()[dim]; };
    const std::vector<SlidingAxis>& axes = model_.layer().operand[run.operand].operand->sliding;
    return std::any_of(axes.begin(), axes.end(), [&](const SlidingAxis& axis) {
        return (run.axis == nullptr || run.axis == &axis) && (left(axis.position) || left(axis.window));
    });
}

bool MappingSpace::complete(const PartialMapping& mapping) const
{
    if (mapping.state != loops_.end()) return false;
    for (std::size_t operand = 0; operand < operands(); ++operand)
        if (mapping.cut[operand] < operand_[operand].links.size()) return false;
    return true;
}

Quanta MappingSpace::bound(const PartialMapping& mapping) const
{
    Quanta least = mapping.energy;
    for (std::size_t operand = 0; operand < operands(); ++operand) {
        const Quanta rest = operand_[operand].to_go[mapping.cut[operand] * loops_.size() + mapping.state];
        if (rest >= kNever) return kNever;
        least += rest;
    }
    for (const StayingRun& run : mapping.runs)
        least -= operand_[run.operand].links[run.link].staying[run.block] - run.stayed;
    return least;
}

}  // namespace plumbline::detail
