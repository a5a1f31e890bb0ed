// SPDX-License-Identifier: Apache-2.0
// How much of a block of data each instance of a memory holds, clipped at the edges of the tile.
//
// The block of an operand at a position in the sequence of temporal loops is what the loops before that position touch,
// on all lanes. A replicated memory holds it in shares: one instance serves some lanes, other instances serve the
// others. Lanes that need the same data inside one instance share it; instances that need the same data each have a
// copy. Idle lanes hold nothing, so shares differ at the edges.
//
//     BlockShares weights{space, view, position, cut, Copies::every_instance};
//     for (Share each : weights.shares(weights.shape(space.at(iteration)))) …  // 12 instances hold 9 elements each
#pragma once

#include <map>
#include <vector>

#include "loop_nest/iteration_space.hpp"
#include "loop_nest/map_edges.hpp"
#include "loop_nest/operand_view.hpp"

namespace plumbline::sim {

/// `instances` of a memory hold `elements` each.
struct Share {
    std::int64_t elements = 0;
    std::int64_t instances = 0;
    friend bool operator==(Share a, Share b) { return a.elements == b.elements && a.instances == b.instances; }
};

/// Instances whose lanes differ only in dimensions that the operand does not depend on hold copies of the same elements
/// (of outputs: partial sums of the same elements). All of them take part in a transfer, or one does: partial sums that
/// return go to one instance, the others start from zero.
enum class Copies { every_instance, one_instance };

class BlockShares {
public:
    using Shape = std::size_t;

    /// Blocks at `position` as instances that serve `view.lanes_inside[cut]` see them. Both must outlive this.
    BlockShares(const IterationSpace& space, const OperandView& view, std::size_t position, std::size_t cut,
                Copies copies);

    /// Blocks of one shape have the same shares.
    Shape shape(const LoopSizes& steps);
    /// Largest first; empty where all lanes are idle.
    const std::vector<Share>& shares(Shape shape) const { return shapes_[shape]; }
    /// The largest that any instance ever holds.
    std::int64_t most_elements() const;

private:
    /// One dimension, or the two of a sliding axis: the kind of each block along it.
    struct Axis {
        LoopDim outer = LoopDim::b;
        LoopDim inner = LoopDim::b;
        std::int64_t inner_blocks = 1;
        std::vector<std::size_t> kind;
        std::vector<std::vector<Share>> kinds;
    };

    void add_axis(LoopDim dim, bool relevant);
    void add_axis(const SlidingAxis& sliding, const MapEdges* edges);
    void classify(Axis& axis, std::vector<Share> shares);
    std::int64_t block_length(LoopDim dim) const { return space_->iterations_below(position_, dim); }
    std::int64_t blocks(LoopDim dim) const;
    std::int64_t lane_groups(LoopDim dim) const;
    std::vector<std::int64_t> indices(LoopDim dim, std::int64_t block, std::int64_t lane_group) const;

    const IterationSpace* space_;
    const OperandView* view_;
    std::size_t position_;
    std::size_t cut_;
    Copies copies_;
    std::vector<Axis> axes_;
    std::map<std::vector<std::size_t>, Shape> known_;
    std::vector<std::size_t> key_;
    std::vector<std::vector<Share>> shapes_;
};

}  // namespace plumbline::sim
