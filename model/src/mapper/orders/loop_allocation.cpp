// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_allocation.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::detail {
namespace {

/// Bits of an operand that stay in a memory for later tiles.
std::int64_t staying_bits(const MappingProblem& problem, const OperandFacts& facts, MemoryId memory)
{
    if (!facts.operand->constant || problem.staying_weights != memory) return 0;
    return facts.precision * elements(*facts.operand, problem.sizes);
}

/// In the order of the memory's services; a second operand of the same service comes last.
std::vector<OperandLevel> levels_in(const MappingProblem& problem, MemoryId id, const LayerFacts& model)
{
    std::vector<OperandLevel> levels;
    std::vector<OperandLevel> second;
    for (const MemoryService& service : problem.accelerator->memory(id).services) {
        bool first = true;
        for (std::size_t i = 0; i < model.operands; ++i) {
            const OperandFacts& facts = model.operand[i];
            if (facts.memory_operand != service.operand) continue;
            for (std::size_t level = 0; level < facts.levels; ++level)
                if (facts.level[level].memory == id)
                    (first ? levels : second)
                        .push_back({i, level, level + 1 == facts.levels, staying_bits(problem, facts, id)});
            first = false;
        }
    }
    levels.insert(levels.end(), second.begin(), second.end());
    return levels;
}

std::size_t loops_of(const LoopLattice& loops)
{
    std::size_t count = 0;
    for (LoopState state = loops.begin(); state != loops.end(); state = loops.steps_from(state).begin()->to) ++count;
    return count;
}

}  // namespace

bool SharedMemory::innermost() const
{
    return std::any_of(levels.begin(), levels.end(), [](const OperandLevel& each) { return each.level == 0; });
}

SharedMemories shared_memories(const MappingProblem& problem, const LayerFacts& model)
{
    const Accelerator& accelerator = *problem.accelerator;
    SharedMemories shared{{}, problem.capacity};
    for (MemoryId id = 0; id < accelerator.memories().size(); ++id) {
        const Bits taken = id < problem.reserved.size() ? problem.reserved[id] : Bits{};
        SharedMemory memory{id, std::max<std::int64_t>(0, (accelerator.memory(id).size - taken).count()),
                            levels_in(problem, id, model)};
        if (!memory.levels.empty()) shared.memories.push_back(std::move(memory));
    }
    return shared;
}

/// A level may take the loops up to a position.
struct LoopAllocation::Choice {
    std::size_t position;
    std::int64_t bits;
    std::int64_t accesses;  ///< to the level above, in bits
};

/// Of one level, by position.
struct LoopAllocation::Choices {
    std::array<Choice, kMaxLoops + 1> choice;  // not initialised: large
    std::size_t count = 0;
};

LoopAllocation::LoopAllocation(const LayerFacts& layer, const SharedMemories& shared, const LoopLattice& loops)
    : layer_{layer},
      shared_{shared},
      loops_{loops},
      total_{loops_of(loops)},
      held_{layer, shared.policy, loops}
{
    const LoopSizes& all = loops.all();
    for (LoopState state = 0; state < loops.size(); ++state) {
        const LoopSizes& below = loops.below(state);
        outside_.push_back(volume(all) / volume(below));
        all_summed_.push_back(std::none_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
            return layer.operand[0].irrelevant(dim) && below[dim] < all[dim];
        }));
    }
}

/// Outputs are partial sums while a loop that accumulates is still to be placed.
std::int64_t LoopAllocation::precision(std::size_t operand, LoopState below) const
{
    const OperandFacts& facts = layer_.operand[operand];
    return all_summed_[below] ? facts.final_precision : facts.precision;
}

std::int64_t LoopAllocation::held_bits(const OperandLevel& level, LoopState state, std::int64_t precision) const
{
    return std::max(held_.at(level.operand, level.level, state) * precision, level.stays);
}

LoopAllocation::Choice LoopAllocation::choice(const OperandLevel& level, std::size_t position, LoopState below,
                                              std::int64_t precision) const
{
    const std::int64_t bits = held_.at(level.operand, level.level, below) * precision;
    return {position, std::max(bits, level.stays), outside_[below] * bits};
}

bool LoopAllocation::grow(LoopShares& shares, const LoopPath& path, CapacityRanges& ranges) const
{
    while (!decided(shares)) {
        CapacityRange& range = ranges[memory(shares).memory];
        if (!shares.begun && !begin(shares, path, range)) return false;
        if (!follow(shares, path, range)) return false;
        if (!all_full(shares)) return true;
        if (!decide(shares, path, range)) return false;
    }
    return true;
}

/// The highest level of an operand takes all loops, in whatever order they come.
bool LoopAllocation::begin(LoopShares& shares, const LoopPath& path, CapacityRange& range) const
{
    const SharedMemory& filled = memory(shares);
    shares.begun = true;
    for (std::size_t i = 0; i < filled.levels.size(); ++i) {
        const OperandLevel& level = filled.levels[i];
        const LoopCount placed = shares.placed[level.operand];
        LevelChoices& choices = shares.choices[i];
        choices = {placed, placed, level.top, 0, std::numeric_limits<std::int64_t>::max()};
        if (!level.top) continue;
        choices.best = static_cast<LoopCount>(total_);
        choices.bits = held_bits(level, loops_.end(), precision(level.operand, path.below(placed)));
        if (choices.bits <= filled.capacity) continue;
        range.overflows(choices.bits);
        return false;
    }
    return true;
}

/// As far as the loops are known. False where not even those placed already fit.
bool LoopAllocation::follow(LoopShares& shares, const LoopPath& path, CapacityRange& range) const
{
    const SharedMemory& filled = memory(shares);
    for (std::size_t i = 0; i < filled.levels.size(); ++i) {
        LevelChoices& choices = shares.choices[i];
        if (choices.full) continue;
        const OperandLevel& level = filled.levels[i];
        const std::size_t placed = shares.placed[level.operand];
        const std::int64_t wide = precision(level.operand, path.below(placed));
        for (; choices.end <= path.known(); ++choices.end) {
            const Choice next = choice(level, choices.end, path.below(choices.end), wide);
            if (next.bits > filled.capacity) {
                choices.full = true;
                break;
            }
            if (next.accesses > choices.accesses) continue;
            choices.best = choices.end;
            choices.bits = next.bits;
            choices.accesses = next.accesses;
        }
        if (choices.end == placed) {
            range.overflows(held_bits(level, path.below(placed), wide));
            return false;
        }
        if (choices.end > total_) choices.full = true;
    }
    return true;
}

bool LoopAllocation::all_full(const LoopShares& shares) const
{
    const auto end = shares.choices.begin() + static_cast<std::ptrdiff_t>(memory(shares).levels.size());
    return std::all_of(shares.choices.begin(), end, [](const LevelChoices& each) { return each.full; });
}

void LoopAllocation::list(Choices& choices, const LoopShares& shares, const LoopPath& path, std::size_t index) const
{
    const OperandLevel& level = memory(shares).levels[index];
    choices.count = 0;
    if (level.top) {
        choices.choice[choices.count++] = {total_, shares.choices[index].bits, 0};
        return;
    }
    const std::size_t placed = shares.placed[level.operand];
    const std::int64_t wide = precision(level.operand, path.below(placed));
    for (std::size_t position = placed; position < shares.choices[index].end; ++position)
        choices.choice[choices.count++] = choice(level, position, path.below(position), wide);
}

/// Calls `visit(indices, bits, accesses)` for each choice of all levels together.
template <class Visit>
void LoopAllocation::for_all_together(const std::array<Choices, kMaxOperands>& choices, std::size_t levels, Visit visit)
{
    Positions current{};
    while (true) {
        std::int64_t bits = 0;
        std::int64_t accesses = 0;
        for (std::size_t i = 0; i < levels; ++i) {
            bits += choices[i].choice[current[i]].bits;
            accesses += choices[i].choice[current[i]].accesses;
        }
        visit(current, bits, accesses);
        std::size_t i = levels;
        while (i > 0 && ++current[i - 1] == choices[i - 1].count) current[--i] = 0;
        if (i == 0) return;
    }
}

/// Fewest accesses to the levels above among the choices that fit together; the last such one, as LOMA.
bool LoopAllocation::pick(const LoopShares& shares, const LoopPath& path, Positions& best, CapacityRange& range) const
{
    const SharedMemory& filled = memory(shares);
    const std::size_t levels = filled.levels.size();
    std::array<Choices, kMaxOperands> choices;
    for (std::size_t i = 0; i < levels; ++i) list(choices[i], shares, path, i);
    Positions picked{};
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    std::int64_t taken = -1;
    for_all_together(choices, levels, [&](const Positions& current, std::int64_t bits, std::int64_t accesses) {
        if (bits > filled.capacity || accesses > fewest) return;
        fewest = accesses;
        taken = bits;
        picked = current;
    });
    const bool found = taken >= 0;
    for (std::size_t i = 0; i < levels; ++i) best[i] = choices[i].choice[picked[i]].position;
    if (found) range.fits(taken);
    if (shared_.policy != CapacityPolicy::reserved) return found;
    bool behind = !found;
    for_all_together(choices, levels, [&](const Positions& current, std::int64_t bits, std::int64_t accesses) {
        behind = behind || current == picked;
        const bool better = accesses < fewest || (behind && accesses == fewest);
        if (bits > filled.capacity && (better || !found)) range.overflows(bits);
    });
    return found;
}

/// With more space a level might take the next loop, if the others took none.
void LoopAllocation::narrow_by_next(CapacityRange& range, const LoopShares& shares, const LoopPath& path) const
{
    const SharedMemory& filled = memory(shares);
    const auto bits_at = [&](std::size_t i, std::size_t position) {
        const OperandLevel& level = filled.levels[i];
        const LoopState placed = path.below(shares.placed[level.operand]);
        return held_bits(level, path.below(position), precision(level.operand, placed));
    };
    const auto least_bits = [&](std::size_t i) {
        const OperandLevel& level = filled.levels[i];
        return level.top ? shares.choices[i].bits : bits_at(i, shares.placed[level.operand]);
    };
    std::int64_t least = 0;
    for (std::size_t i = 0; i < filled.levels.size(); ++i) least += least_bits(i);
    for (std::size_t i = 0; i < filled.levels.size(); ++i) {
        const std::size_t next = shares.choices[i].end;
        if (!filled.levels[i].top && next <= total_) range.overflows(least - least_bits(i) + bits_at(i, next));
    }
}

/// No loop for anyone, although not even one iteration fits: LOMA goes on like this at the innermost level.
bool LoopAllocation::may_overcommit(const LoopShares& shares) const
{
    const SharedMemory& filled = memory(shares);
    if (shared_.policy == CapacityPolicy::reserved || !filled.innermost()) return false;
    return std::none_of(filled.levels.begin(), filled.levels.end(),
                        [&](const OperandLevel& level) { return level.top && shares.placed[level.operand] < total_; });
}

/// What is best for each level alone is best for all, if it fits.
bool LoopAllocation::decide(LoopShares& shares, const LoopPath& path, CapacityRange& range) const
{
    const SharedMemory& filled = memory(shares);
    Positions best{};
    std::int64_t together = 0;
    for (std::size_t i = 0; i < filled.levels.size(); ++i) {
        best[i] = shares.choices[i].best;
        together += shares.choices[i].bits;
    }
    if (shared_.policy == CapacityPolicy::reserved) narrow_by_next(range, shares, path);
    if (together <= filled.capacity) range.fits(together);
    const bool fits = together <= filled.capacity || pick(shares, path, best, range);
    if (!fits && !may_overcommit(shares)) return false;
    for (std::size_t i = 0; i < filled.levels.size(); ++i) {
        const OperandLevel& level = filled.levels[i];
        if (fits) shares.placed[level.operand] = static_cast<LoopCount>(best[i]);
        shares.cut[level.operand][level.level + 1] = shares.placed[level.operand];
    }
    ++shares.memory;
    shares.begun = false;
    return true;
}

}  // namespace plumbline::detail
