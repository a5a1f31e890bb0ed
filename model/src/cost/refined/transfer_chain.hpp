// SPDX-License-Identifier: Apache-2.0
// When are the transfers of one operand over that wait for each other at a change of blocks, and for how long does each stall?
//
// A block passes several levels one after the other: inputs come down, outputs go up. What comes late in such a chain finds fewer
// iterations to hide it, and takes turns with those that need its ports. model/docs/refined_latency.md derives it.
//
//     TransferChain chain;
//     transfer.begin = chain.begin_of(transfer, pass);
//     const double stall = chain.stall_of_fill(transfer, pace_of(*transfer.link, *transfer.ports, transfer.cycles, times), pass, visit);
#pragma once

#include <limits>

#include "cost/refined/block_transfers.hpp"

namespace plumbline::detail::refined {

/// How fast a transfer is beside iterations. Cycles of iterations are those that they take without it.
struct Pace {
    double latency;
    double slots;  ///< with those of others that it meets
    double speed;  ///< slots in a cycle of iterations; 1 while they wait
    double delay;  ///< cycles by which it delays a cycle of iterations
    double taken;  ///< slots at the port where it does, with which it delays them at most
};

/// What iterations leave of its ports, and what it takes of them in turn: at least half. Where they are a single one, its slots come first,
/// and are none of this. \param cycles of the transfer, with others that it meets
Pace pace_of(const BlockLink& link, const PortTransfer& transfer, double cycles, const LoopTime* times);

/// Transfers of one operand, in the order of BlockTransfers. Times are cycles after the last iteration of a visit.
class TransferChain {
public:
    /// \pre no stall of the transfer has been asked for
    double begin_of(const BlockTransfer& transfer, double pass);
    double stall_of_fill(const BlockTransfer& transfer, const Pace& pace, double pass, double visit);
    /// \param refill of the fill that takes its place, where there is one; else null \param down cycles of the fills that bring that block to
    /// the MACs from then on, where they follow at once
    double stall_of_drain(const BlockTransfer& transfer, const Pace& pace, double pass, double visit,
                          const Pace* refill, double down);

private:
    static constexpr double kNever = -std::numeric_limits<double>::infinity();

    const PortTransfer* lead_ = nullptr;  ///< of those begun at the visit's begin, the first
    double late_ = kNever;                ///< end of those begun in the last pass of the visit
    double early_ = kNever;               ///< of those begun at the visit's begin, which the stall before it delays too
    double drained_ = kNever;
    double filled_ = 0;  ///< of those that begin at the change
};

}  // namespace plumbline::detail::refined
