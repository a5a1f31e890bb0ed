// SPDX-License-Identifier: Apache-2.0
// Lanes and instances of a mapped layer, laid out for counting its accesses exactly under many orders of loops.
//
// As LayerFacts, it does not depend on the temporal loops and is built once for a search (make_lanes.hpp). Dimensions of one
// iteration are left out, since nothing depends on them. What passes between the MACs and level 0 happens in every
// iteration, whatever the order, and is counted here; but not inputs that stay at the MACs. Only ports in use are numbered.
#pragma once

#include "cost/layer/concurrent_transfers.hpp"
#include "cost/layer/layer_facts.hpp"
#include "cost/refined/blocks/dimension_blocks.hpp"
#include "cost/refined/blocks/padded_axis.hpp"

namespace plumbline::detail::refined {

/// Loop dimensions, without those of one iteration.
struct DimList {
    std::array<LoopDim, kLoopDims> dim{};
    std::size_t count = 0;

    void add(LoopDim which) { dim[count++] = which; }
    const LoopDim* begin() const { return dim.data(); }
    const LoopDim* end() const { return dim.data() + count; }
};

/// Ports that the levels of a mapping use, each direction of each operand and level at most one.
inline constexpr std::size_t kMaxPorts = kMaxOperands * kMaxLevels * 4;
/// Something per port, in the numbering of Lanes. Not initialised.
using PerPort = std::array<double, kMaxPorts>;

/// A run of the loops below a position, without the change of blocks at its end. Not initialised.
struct LoopTime {
    double cycles;
    PerPort busy;      ///< slots
    PerPort critical;  ///< of these, that delay the run when they are late
};

/// Iterations on average. Not initialised.
struct IterationTimes {
    LoopTime all;
    LoopTime first;  ///< that begin a sum each, and read none
};

/// Of outputs: which round of the reduction ends, and which begins.
struct SumsThat {
    bool come = false;       ///< partial sums are brought for the next visit
    bool are_final = false;  ///< those of the last one leave
};

/// One operand.
struct OperandLanes {
    DimList relevant;    ///< index the operand alone
    DimList irrelevant;  ///< do not: reduction loops of the output
    std::array<PerLoopDim<DimLanes>, kMaxLevels> level{};
    std::array<bool, kMaxLevels> as_below{};  ///< one instance serves the lanes that one of the level below serves
    PerDirection<double> at_macs;             ///< words between the MACs and level 0
    std::array<PerDirection<int>, kMaxLevels> port{};  ///< kNoPort where there is none
    /// Per level, and sliding axis of the operand: empty where none of its windows reaches beyond an edge, or is up-sampled.
    std::array<std::vector<PaddedAxis>, kMaxLevels> padded{};
    /// Whether iterations that find nothing of it come last, where those that find nothing of another input come first: as in a
    /// concatenation.
    bool ends_first = false;
};

/// Cycles of an iteration, by the dimensions along which some lanes are idle.
struct EdgeIterations {
    DimList dims;  ///< along which the last iteration is not full
    std::array<double, std::size_t{1} << kLoopDims>
        cycles;  ///< bit i: the last one along the i-th of them; not initialised

    std::size_t sets() const { return std::size_t{1} << dims.count; }
};

/// One layer.
struct Lanes {
    std::array<OperandLanes, kMaxOperands> operand;
    int ports = 0;               ///< in use
    IterationTimes iteration{};  ///< what the MACs take
    EdgeIterations at_edges;
    PortUse sums{kNoPort, 0};  ///< of that, what reads the sums that they add to
};

}  // namespace plumbline::detail::refined
