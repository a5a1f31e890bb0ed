// SPDX-License-Identifier: Apache-2.0
// Given an order of the temporal loops, which memory holds which of them?
//
// LOMA: memory by memory from the MACs outwards, each operand takes as many of the innermost loops left as minimise the
// accesses to the level above, if their data fits together. Each operand is cut on its own ("uneven" mapping).
//
// What a level holds does not depend on the order of the loops below it. So it is known for each state of the lattice of loops, and
// an order is allocated while it grows: once no level of a memory can hold one loop more, whatever comes next, the memory is
// decided, for all orders that begin in the same way.
//
//     LoopShares shares;
//     path.add(step.to);                              // the next loop of the order
//     if (!allocation.grow(shares, path, ranges)) …   // none that begins like this fits
#pragma once

#include <vector>

#include "cost/layer/layer_facts.hpp"
#include "cost/layer/loop_cuts.hpp"
#include "mapper/orders/held_elements.hpp"
#include "mapper/orders/loop_lattice.hpp"
#include "plumbline/capacity_range.hpp"
#include "plumbline/mapping_problem.hpp"

namespace plumbline::detail {

/// One operand's share of a memory.
struct OperandLevel {
    std::size_t operand = 0;
    std::size_t level = 0;
    bool top = false;        ///< highest level of the operand: all loops left must fit
    std::int64_t stays = 0;  ///< bits of the operand that the memory holds at least, however few come at a time
};

/// One memory, and the operand levels that divide its space among them.
struct SharedMemory {
    MemoryId memory = 0;
    std::int64_t capacity = 0;  ///< bits
    std::vector<OperandLevel> levels;

    /// Whether it is the nearest level of some operand.
    bool innermost() const;
};

/// The memories in the order in which they are filled, and what counts as fitting.
struct SharedMemories {
    std::vector<SharedMemory> memories;
    CapacityPolicy policy = CapacityPolicy::optimistic;
};

/// Memories without space that is reserved, and without those that no operand uses.
SharedMemories shared_memories(const MappingProblem& problem, const LayerFacts& model);

/// The innermost loops of an order, as the states below each position.
class LoopPath {
public:
    std::size_t known() const { return known_; }
    /// \pre position <= known()
    LoopState below(std::size_t position) const { return below_[position]; }
    LoopState last() const { return below_[known_]; }
    /// \pre fewer than kMaxLoops are known
    void add(LoopState next) { below_[++known_] = next; }
    void remove() { --known_; }

private:
    std::array<LoopState, kMaxLoops + 1> below_{};
    std::size_t known_ = 0;
};

/// A number of loops, at most kMaxLoops.
using LoopCount = std::uint8_t;

/// What one level may take of the loops, as far as these are known.
struct LevelChoices {
    LoopCount end = 0;          ///< first position that is not known to fit
    LoopCount best = 0;         ///< position with the fewest accesses to the level above, the last such one
    bool full = false;          ///< no more fits
    std::int64_t bits = 0;      ///< held at the best position
    std::int64_t accesses = 0;  ///< there, in bits
};

/// What the loops of a path decide of an allocation.
struct LoopShares {
    /// As LoopCut::cut, where the memory is decided.
    std::array<std::array<LoopCount, kMaxArrayLevels>, kMaxOperands> cut{};
    std::array<LoopCount, kMaxOperands> placed{};      ///< loops of each operand below the memory that is filled
    std::array<LevelChoices, kMaxOperands> choices{};  ///< of each of its levels
    std::uint8_t memory = 0;                           ///< that is filled; those before it are decided
    bool begun = false;                                ///< filling it
};

class LoopAllocation {
public:
    /// All must outlive it.
    LoopAllocation(const LayerFacts& layer, const SharedMemories& shared, const LoopLattice& loops);

    /// Decides all memories that the loops of the path decide; to be called for no loop, and after each. False where no order that
    /// begins with them fits. Does not allocate.
    /// `ranges` are narrowed to the space with which that is decided alike. \pre `reserved`, or they are of no account
    bool grow(LoopShares& shares, const LoopPath& path, CapacityRanges& ranges) const;
    /// Whether all memories are.
    bool decided(const LoopShares& shares) const { return shares.memory == shared_.memories.size(); }
    /// Loops of all orders.
    std::size_t total() const { return total_; }

private:
    struct Choice;
    struct Choices;
    using Positions = std::array<std::size_t, kMaxOperands>;

    template <class Visit>
    static void for_all_together(const std::array<Choices, kMaxOperands>& choices, std::size_t levels, Visit visit);
    const SharedMemory& memory(const LoopShares& shares) const { return shared_.memories[shares.memory]; }
    std::int64_t precision(std::size_t operand, LoopState below) const;
    std::int64_t held_bits(const OperandLevel& level, LoopState state, std::int64_t precision) const;
    Choice choice(const OperandLevel& level, std::size_t position, LoopState below, std::int64_t precision) const;
    bool begin(LoopShares& shares, const LoopPath& path, CapacityRange& range) const;
    bool follow(LoopShares& shares, const LoopPath& path, CapacityRange& range) const;
    bool all_full(const LoopShares& shares) const;
    void list(Choices& choices, const LoopShares& shares, const LoopPath& path, std::size_t index) const;
    void narrow_by_next(CapacityRange& range, const LoopShares& shares, const LoopPath& path) const;
    bool pick(const LoopShares& shares, const LoopPath& path, Positions& best, CapacityRange& range) const;
    bool decide(LoopShares& shares, const LoopPath& path, CapacityRange& range) const;
    bool may_overcommit(const LoopShares& shares) const;

    const LayerFacts& layer_;
    const SharedMemories& shared_;
    const LoopLattice& loops_;
    std::size_t total_;
    HeldElements held_;
    std::vector<std::int64_t> outside_;  ///< iterations outside a state
    std::vector<bool> all_summed_;       ///< no loop outside a state adds to sums
};

}  // namespace plumbline::detail
