// SPDX-License-Identifier: Apache-2.0
// A machine and a layer whose iterations and input blocks take turns in being long and short, small enough to follow by hand.
//
// Four lanes along OX and seven columns: iterations read 4 and 3 inputs of 8 bits in turn, through a port of 8 bits, in 4 and 3
// cycles. The buffer holds the inputs of one iteration. Those of the next come meanwhile, through a port as narrow.
#pragma once

#include "model/hand_machine.hpp"

namespace plumbline::tiny {

inline constexpr std::int64_t kEdgeChannels = 3;

inline Accelerator edge_machine()
{
    Memory buffer{"buffer", Bits{32}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {0}};
    buffer.ports = {{"r_port_1", PortType::read, Bits{8}, Bits{8}}, {"w_port_1", PortType::write, Bits{8}, Bits{8}}};
    buffer.services = {through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    Memory below = sram();
    below.ports.push_back({"r_port_2", PortType::read, Bits{32}, Bits{8}});
    below.services[1] = through(MemoryOperand::i2, 2, std::nullopt, std::nullopt, 1);
    MacArray array{{{"D1", 4}}, Picojoules{1}, true};
    return Accelerator{"edges", array, {buffer, below, dram()}};
}

inline Layer edge_layer() { return convolution(0, {kEdgeChannels, 1, 1, 7}); }

inline LayerMapping edge_mapping()
{
    constexpr MemoryId kBuffer = 0;
    const std::vector<TemporalLoop> loops{{LoopDim::ox, 2}, {LoopDim::k, kEdgeChannels}};
    const SpatialLoop lanes{LoopDim::ox, 3.5};
    LayerMapping mapping;
    mapping.sizes = edge_layer().sizes;
    mapping.operands = {{"O", MemoryOperand::o, {kSram}, {loops}, {{lanes}, {}}},
                        {"W", MemoryOperand::i2, {kSram}, {loops}, {{lanes}, {}}},
                        {"I", MemoryOperand::i1, {kBuffer, kSram}, {{}, loops}, {{lanes}, {}, {}}}};
    return mapping;
}

/// Iterations of 4 and 3 cycles in turn, six in all: each ends with its own reads or with the fill beside it, whichever takes
/// longer, and the last one has no fill beside it.
inline constexpr Cycles kEdgeCycles{5 * 4 + 3};
/// The first block comes before the first iteration.
inline constexpr Cycles kEdgeLoading{4};

}  // namespace plumbline::tiny
