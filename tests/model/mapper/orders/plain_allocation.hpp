// SPDX-License-Identifier: Apache-2.0
// One order of loops, allocated to the memories as LOMA does: memory by memory, each choice of each level looked at. What the search
// does by tables, for all orders that begin alike (mapper/orders/loop_allocation.hpp), is done here anew for each order.
#pragma once

#include <algorithm>
#include <limits>

#include "mapper/orders/held_elements.hpp"
#include "mapper/orders/loop_allocation.hpp"

namespace plumbline::test::plain {

using detail::kMaxLoops;
using detail::kMaxOperands;
using detail::LayerFacts;
using detail::LoopCuts;
using detail::LoopSpan;
using detail::OperandFacts;
using detail::OperandLevel;
using detail::SharedMemories;
using detail::SharedMemory;

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
inline std::int64_t precision_at(const OperandFacts& facts, const TemporalLoop* left, const TemporalLoop* end)
{
    const bool partial = std::any_of(left, end, [&](const TemporalLoop& loop) { return facts.irrelevant(loop.dim); });
    return partial ? facts.precision : facts.final_precision;
}

/// False where not even the loops placed already fit.
inline bool list_choices(Choices& choices, const OperandFacts& facts, CapacityPolicy policy, const PlacedLoops& placed,
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
        const std::int64_t bits = detail::held_elements(facts, policy, span) * precision;
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
inline bool pick(const std::array<Choices, kMaxOperands>& choices, std::size_t levels, std::int64_t capacity,
                 Picks& best)
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
inline bool overcommit(const SharedMemory& memory, const std::array<Choices, kMaxOperands>& choices, Picks& picks)
{
    picks = {};
    if (!memory.innermost()) return false;
    for (std::size_t i = 0; i < memory.levels.size(); ++i)
        if (memory.levels[i].top && choices[i].first > 0) return false;
    return true;
}

inline bool fill(const LayerFacts& model, const SharedMemory& memory, CapacityPolicy policy, const TemporalLoop* loops,
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

/// Cuts of `loops` per operand; false where they do not fit.
inline bool allocate(const LayerFacts& model, const SharedMemories& shared, const TemporalLoop* loops,
                     std::size_t count, LoopCuts& cuts)
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

}  // namespace plumbline::test::plain
