// SPDX-License-Identifier: Apache-2.0
// Which bits cross the links of a layer: between the MAC array and the lowest level of each operand in every iteration,
// and between neighbouring levels whenever a block changes.
//
// Inputs come down: data that several instances need is read once above and written in each of them. Outputs go up when
// a block changes, as partial sums or, in the last round of the reduction loops, as final values of their own
// precision; they come down again only where an earlier visit began the block. Lanes that reduce into one instance are
// summed on the way to it, and instances that reduce into one of the level above likewise.
#pragma once

#include <array>
#include <map>
#include <vector>

#include "compiler/link_depths.hpp"
#include "compiler/transfer_table.hpp"
#include "loop_nest/block_shares.hpp"
#include "loop_nest/precision.hpp"
#include "loop_nest/repeated_rounds.hpp"
#include "loop_nest/visits.hpp"

namespace plumbline::sim {

/// Iterations, at least, that are compared with others before they are looked at one by one.
inline constexpr std::int64_t kRecurring = 64;

/// What one iteration reads and writes at an operand's level 0.
class MacTraffic {
public:
    MacTraffic(const Layer& layer, const IterationSpace& space, const OperandView& view, TransferTable& transfers);

    const OperandView& view() const { return *view_; }
    /// Nothing where all lanes are idle, where accumulation begins, or where an input is there from the iteration before.
    TransferId read(std::int64_t iteration, const LoopSizes& steps);
    /// Outputs only.
    TransferId write(const LoopSizes& steps);
    /// Whether what the iteration needs is there from the one before.
    bool stays(std::int64_t iteration) const;

private:
    enum class Kind : std::size_t { read, write_partial, write_final };
    TransferId transfer(Kind kind, const LoopSizes& steps);
    bool first_accumulation(const LoopSizes& steps) const;
    bool last_accumulation(const LoopSizes& steps) const;

    const IterationSpace* space_;
    const OperandView* view_;
    TransferTable* transfers_;
    Precision precision_;
    bool kept_;      ///< an input that the array does not read again where it does not change
    Visits visits_;  ///< of what one iteration needs
    BlockShares shares_;
    std::vector<LoopDim> reduced_;
    std::array<std::vector<TransferId>, 3> known_;  ///< per kind and shape
};

/// What crosses the link between level `level` of an operand and the one above.
class LinkTraffic {
public:
    LinkTraffic(const Layer& layer, const IterationSpace& space, const OperandView& view, StreamId stream,
                std::size_t level, std::int64_t depth, TransferTable& transfers);

    const OperandView& view() const { return *view_; }
    StreamId stream() const { return stream_; }
    std::size_t level() const { return level_; }
    std::int64_t depth() const { return depth_; }  ///< blocks that `level` has space for
    const Visits& visits() const { return visits_; }
    /// Brings the block of a visit down. Nothing where it stayed, or accumulation begins.
    TransferId fill(std::int64_t visit);
    /// Takes the block of a visit up. Nothing for inputs.
    TransferId drain(std::int64_t visit);

private:
    enum class Kind { fill, drain_partial, drain_final };
    TransferId find_fill(std::int64_t visit);
    TransferId find_drain(std::int64_t visit);
    bool recurs(std::int64_t visit) const;
    TransferId transfer(Kind kind, BlockShares& lower, BlockShares& upper, const LoopSizes& steps);
    std::vector<Access> moved(Kind kind, const std::vector<Share>& lower, const std::vector<Share>& upper) const;

    const OperandView* view_;
    StreamId stream_;
    std::size_t level_;
    std::int64_t depth_;
    TransferTable* transfers_;
    Precision precision_;
    Visits visits_;
    BlockShares filled_;
    BlockShares fetched_;
    BlockShares drained_;
    BlockShares collected_;
    std::map<std::array<std::size_t, 3>, TransferId> known_;
    Recurring<TransferId> fills_;
    Recurring<TransferId> drains_;
};

/// Whether its block changes within few iterations, so that its transfers are part of the chunks.
bool is_fine(const LinkTraffic& link);

/// Everything that crosses the links of a layer.
struct LayerTraffic {
    LayerTraffic(const Layer& layer, const IterationSpace& space, const std::vector<OperandView>& views,
                 const LinkDepths& depths, TransferTable& transfers);

    /// What outputs are summed over.
    DimSet reduced() const { return reduced_by(macs.front().view()); }
    /// Edges of all maps that windows reach beyond.
    std::vector<MapEdges> edges(const IterationSpace& space) const;

    std::vector<MacTraffic> macs;    ///< per operand, output first
    std::vector<LinkTraffic> links;  ///< per operand and level below the top one in use
};

}  // namespace plumbline::sim
