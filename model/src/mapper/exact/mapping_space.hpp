// SPDX-License-Identifier: Apache-2.0
// All mappings of a layer: how they are built up loop by loop, which fit, and what they cost at least.
//
// A mapping is an order of the temporal loops, and per operand a cut of that order for each link: between two of its memory
// levels, or between the MACs and level 0 where an input stays there. It is built from the innermost loop outwards. At each
// state (loop_lattice.hpp) links may be cut, each operand's from the MACs upwards; then comes the next loop. What crosses a
// link depends on the state at which it is cut, so energy adds up along the way. Two things depend on more:
//
//  * A loop directly outside a cut that the operand does not depend on leaves the block where it is, as if the cut came after
//    it. The energy of a cut is that of a loop coming next that does change the block; the same order cut later has the true
//    energy. It is not above, and it needs no more space: the block has the same elements, and sums are at most as wide.
//    So the least of all these energies is the least of all mappings.
//  * Under `refined`, loops outside along a sliding axis may leave features where they are. A run of such loops is followed
//    from the cut on until another loop changes the block.
//
// Energies are whole multiples of a small quantum (below 1e-12 of the layer's), so that a sum does not depend on its order.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "cost/estimators.hpp"
#include "mapper/orders/held_elements.hpp"
#include "mapper/orders/loop_allocation.hpp"
#include "mapper/orders/loop_lattice.hpp"

namespace plumbline::detail {

using Quanta = std::int64_t;
/// Of what cannot be completed.
inline constexpr Quanta kNever = std::int64_t{1} << 62;

/// Memories that several operand levels share, at most.
inline constexpr std::size_t kMostShared = kMaxOperands * kMaxLevels / 2;

/// Loops outside a block that have left it in place so far.
struct StayingRun {
    std::uint16_t operand = 0;
    std::uint16_t link = 0;
    LoopState block = 0;                ///< at which the link is cut
    const SlidingAxis* axis = nullptr;  ///< along which they run; none yet: null
    Quanta stayed = 0;
    friend bool operator==(const StayingRun& a, const StayingRun& b)
    {
        return a.operand == b.operand && a.link == b.link && a.block == b.block && a.axis == b.axis;
    }
};

/// The innermost loops of a mapping, and the links that are cut below or at its state.
struct PartialMapping {
    LoopState state = 0;
    std::array<std::uint8_t, kMaxOperands> cut{};  ///< links of each operand
    std::uint8_t overflowing = 0;  ///< bit i: the i-th memory of MappingSpace::may_overflow() takes no loop
    bool final_sums = false;       ///< that the output's next block up holds
    Quanta energy = 0;             ///< of what is cut, and between MACs and memories
    std::array<std::int64_t, kMostShared> used{};  ///< bits of each shared memory
    std::vector<StayingRun> runs;
};

/// Does not allocate while mappings are built, but for runs.
class MappingSpace {
public:
    /// All must outlive it.
    MappingSpace(const CostModel& model, const SharedMemories& memories, const LoopLattice& loops);

    const LoopLattice& loops() const { return loops_; }
    const CostModel& model() const { return model_; }
    std::size_t operands() const { return model_.layer().operands; }
    std::size_t links(std::size_t operand) const { return operand_[operand].links.size(); }
    /// Level at the upper end of a link; 0: between the MACs and level 0.
    std::size_t above(std::size_t operand, std::size_t link) const { return operand_[operand].links[link].above; }
    /// Whether a link may be cut at a state, for all that is known of the operand alone.
    bool may_cut(std::size_t operand, std::size_t link, LoopState state) const
    {
        return operand_[operand].links[link].energy[state] < kNever;
    }
    /// Whether the memory below a link takes no loop, which `optimistic` allows the innermost ones even where they overflow.
    bool takes_none(const PartialMapping& mapping, std::size_t operand, std::size_t level) const;

    /// No loops, for each choice of memories that overflow.
    std::vector<PartialMapping> beginnings() const;
    /// Cuts the next link of an operand. False where no completion fits.
    bool cut(PartialMapping& mapping, std::size_t operand) const;
    /// Adds the next loop. False where no completion fits.
    bool add(PartialMapping& mapping, const LoopStep& step) const;
    /// All loops are in, all links cut.
    bool complete(const PartialMapping& mapping) const;
    /// No completion has less energy. kNever where none fits.
    Quanta bound(const PartialMapping& mapping) const;

    double picojoules(Quanta energy) const { return static_cast<double>(energy) * quantum_; }
    /// Whether a loop leaves the operand's blocks in place.
    bool irrelevant(std::size_t operand, LoopDim dim) const { return model_.layer().operand[operand].irrelevant(dim); }

    /// With how much space all that was asked so far would have fitted or overflowed alike, by MemoryId. Evaluations narrow it, too.
    CapacityRanges& ranges() const { return ranges_; }

private:
    struct Link {
        std::size_t above = 0;
        std::vector<Quanta> energy;   ///< by state
        std::vector<Quanta> staying;  ///< by state: most that runs outside save; empty where nothing can
    };
    struct Level {
        const OperandLevel* place = nullptr;
        std::size_t memory = 0;
    };
    struct OperandSpace {
        std::vector<Link> links;
        std::vector<Level> levels;
        std::vector<Quanta>
            to_go;          ///< by links cut, then by state: least energy of the other links, whatever else fits
        bool kept = false;  ///< the first link is that of the MACs
    };
    static constexpr std::size_t kNotShared = std::numeric_limits<std::size_t>::max();
    struct MemorySpace {
        const SharedMemory* memory = nullptr;
        std::size_t shared = kNotShared;  ///< index in PartialMapping::used
        std::uint8_t overflow = 0;        ///< bit in PartialMapping::overflowing
    };

    void place_levels();
    void find_overflows();
    void find_energies();
    void find_bounds(OperandSpace& space) const;
    std::vector<double> link_energies(std::size_t operand, LoopState state) const;
    double most_staying(std::size_t operand, std::size_t above, LoopState state) const;
    Quanta quanta(double energy) const;
    bool loops_change(std::size_t operand, LoopState state) const;
    bool all_summed(LoopState state) const;
    bool fits(const SharedMemory& memory, std::int64_t bits) const;
    std::int64_t bits(std::size_t operand, std::size_t level, LoopState state, bool final_sums) const;
    bool take(PartialMapping& mapping, std::size_t operand, std::size_t level, bool final_sums) const;
    bool take_highest(PartialMapping& mapping, std::size_t operand) const;
    bool has_room(const PartialMapping& mapping) const;
    bool must_cut_before(const PartialMapping& mapping, LoopDim dim) const;
    void follow_runs(PartialMapping& mapping, const LoopStep& step) const;
    bool may_go_on(const StayingRun& run, LoopState state) const;
    bool decided(const PartialMapping& mapping, const OperandLevel& level) const;

    const CostModel& model_;
    const SharedMemories& memories_;
    mutable CapacityRanges ranges_;  ///< of what is asked, whoever asks
    const LoopLattice& loops_;
    HeldElements held_;
    std::array<OperandSpace, kMaxOperands> operand_;
    std::vector<MemorySpace> memory_;
    std::vector<std::uint8_t> overflow_choices_;
    double quantum_ = 1;
    Quanta fixed_energy_ = 0;
};

}  // namespace plumbline::detail
