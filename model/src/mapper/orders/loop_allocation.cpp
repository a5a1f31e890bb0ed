// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_allocation.hpp"

#include <algorithm>
#include <limits>

#include "mapper/orders/held_elements.hpp"

namespace plumbline::detail {
namespace {

/// Loops of one operand that are placed already.
struct PlacedLoops {
    std::size_t count = 0;
    LoopSpan span;

    void add_spatial(const OperandFacts& facts, std::size_t array_level)
    {
        for (const SpatialLoop& loop : facts.spatial[array_level]) span.add(loop);
    }
};

using AllPlacedLoops = std::array<PlacedLoops, kMaxOperands>;

/// Choices for one operand level: it may take the first n loops left, for n in [first, first + count).
struct Choices {
    std::size_t first = 0;
    std::size_t count = 0;
    std::array<std::int64_t, kMaxLoops + 1> bits;
    std::array<std::int64_t, kMaxLoops + 1> accesses;  ///< to the level above, in bits
};

/// Outputs are partial sums while a loop that accumulates is still to be placed.
std::int64_t precision_at(const OperandFacts& facts, const TemporalLoop* left, const TemporalLoop* end)
{
    const bool partial = std::any_of(left, end, [&](const TemporalLoop& loop) { return facts.irrelevant(loop.dim); });
    return partial ? facts.precision : facts.final_precision;
}

/// False where not even the loops placed already fit.
bool list_choices(Choices& choices, const OperandFacts& facts, CapacityPolicy policy, const PlacedLoops& placed,
                  const OperandLevel& level, std::int64_t capacity, const TemporalLoop* loops, std::size_t count)
{
    const std::int64_t precision = precision_at(facts, loops + placed.count, loops + count);
    LoopSpan span = placed.span;
    std::int64_t iterations = 1;
    for (std::size_t i = placed.count; i < count; ++i) iterations *= loops[i].size;
    const std::size_t left = count - placed.count;
    choices.first = choices.count = 0;
    for (std::size_t n = 0; n <= left; ++n) {
        if (n > 0) {
            const TemporalLoop& loop = loops[placed.count + n - 1];
            span.add(loop);
            iterations /= loop.size;
        }
        const std::int64_t bits = held_elements(facts, policy, span) * precision;
        choices.bits[n] = std::max(bits, level.stays);
        if (choices.bits[n] > capacity) break;
        choices.accesses[n] = iterations * bits;
        choices.count = n + 1;
    }
    if (choices.count == 0) return false;
    if (level.top) {
        if (choices.count != left + 1) return false;
        choices.first = left;
        choices.count = 1;
        choices.accesses[left] = 0;
    }
    return true;
}

using Picks = std::array<std::size_t, kMaxOperands>;

/// Fewest accesses to the levels above among the choices that fit together; the last such one, as LOMA.
bool pick(const std::array<Choices, kMaxOperands>& choices, std::size_t levels, std::int64_t capacity, Picks& best)
{
    Picks current{};
    for (std::size_t i = 0; i < levels; ++i) current[i] = choices[i].first;
    std::int64_t fewest = std::numeric_limits<std::int64_t>::max();
    bool found = false;
    while (true) {
        std::int64_t bits = 0;
        std::int64_t accesses = 0;
        for (std::size_t i = 0; i < levels; ++i) {
            bits += choices[i].bits[current[i]];
            accesses += choices[i].accesses[current[i]];
        }
        if (bits <= capacity && accesses <= fewest) {
            fewest = accesses;
            best = current;
            found = true;
        }
        std::size_t i = levels;
        while (i > 0 && ++current[i - 1] == choices[i - 1].first + choices[i - 1].count) {
            current[i - 1] = choices[i - 1].first;
            --i;
        }
        if (i == 0) return found;
    }
}

/// No loop for anyone, although not even one iteration fits: LOMA goes on like this at the innermost level.
bool overcommit(const SharedMemory& memory, const std::array<Choices, kMaxOperands>& choices, Picks& picks)
{
    picks = {};
    if (!memory.innermost()) return false;
    for (std::size_t i = 0; i < memory.levels.size(); ++i)
        if (memory.levels[i].top && choices[i].first > 0) return false;
    return true;
}

bool fill(const LayerFacts& model, const SharedMemory& memory, CapacityPolicy policy, const TemporalLoop* loops,
          std::size_t count, AllPlacedLoops& placed, LoopCuts& cuts)
{
    std::array<Choices, kMaxOperands> choices;
    for (std::size_t i = 0; i < memory.levels.size(); ++i) {
        const OperandLevel& level = memory.levels[i];
        if (!list_choices(choices[i], model.operand[level.operand], policy, placed[level.operand], level,
                          memory.capacity, loops, count))
            return false;
    }
    Picks best{};
    if (!pick(choices, memory.levels.size(), memory.capacity, best) &&
        (policy == CapacityPolicy::reserved || !overcommit(memory, choices, best)))
        return false;
    for (std::size_t i = 0; i < memory.levels.size(); ++i) {
        const OperandLevel& level = memory.levels[i];
        PlacedLoops& own = placed[level.operand];
        for (std::size_t n = 0; n < best[i]; ++n) { own.span.add(loops[own.count++]); }
        own.add_spatial(model.operand[level.operand], level.level + 1);
        cuts[level.operand].cut[level.level + 1] = own.count;
    }
    return true;
}

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
        SharedMemory memory{std::max<std::int64_t>(0, (accelerator.memory(id).size - taken).count()),
                            levels_in(problem, id, model)};
        if (!memory.levels.empty()) shared.memories.push_back(std::move(memory));
    }
    return shared;
}

bool allocate(const LayerFacts& model, const SharedMemories& shared, const TemporalLoop* loops, std::size_t count,
              LoopCuts& cuts)
{
    AllPlacedLoops placed;
    for (std::size_t i = 0; i < model.operands; ++i) {
        placed[i].span = LoopSpan{model.operand[i], model.sizes};
        placed[i].add_spatial(model.operand[i], 0);
        cuts[i].loops = loops;
        cuts[i].count = count;
        cuts[i].cut[0] = 0;
    }
    return std::all_of(shared.memories.begin(), shared.memories.end(), [&](const SharedMemory& memory) {
        return fill(model, memory, shared.policy, loops, count, placed, cuts);
    });
}

}  // namespace plumbline::detail
