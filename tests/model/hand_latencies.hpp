// SPDX-License-Identifier: Apache-2.0
// Layers of which each phase is worked out by hand: what the estimator predicts, and what the machine takes.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "model/hand_machine.hpp"

namespace plumbline::tiny {

/// A layer on a machine, and its phases in cycles.
struct HandLatency {
    std::string name;
    Accelerator accelerator;
    Layer layer;
    LayerMapping mapping;
    Cycles loading;
    Cycles computing;
    Cycles offloading;
};

/// Buffers of both inputs above one MAC, each filled from sram through a port of its own of 8 bits, with a register for the output.
inline Accelerator buffered(Cycles sram_latency, Cycles register_latency)
{
    const auto buffer = [](const char* name, MemoryOperand operand) {
        Memory memory{name, Bits{16}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {}};
        memory.ports = {{"r", PortType::read, Bits{8}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}};
        memory.services = {through(operand, 0, std::nullopt, std::nullopt, 1)};
        return memory;
    };
    Memory outputs = output_register();
    outputs.latency = register_latency;
    Memory above = sram();
    for (const char* name : {"r_port_2", "r_port_3"}) above.ports.push_back({name, PortType::read, Bits{8}, Bits{8}});
    above.services[0] = through(MemoryOperand::i1, 2, std::nullopt, std::nullopt, 1);
    above.services[1] = through(MemoryOperand::i2, 3, std::nullopt, std::nullopt, 1);
    above.latency = sram_latency;
    return {"buffered",
            {{{"D1", 1}}, Picojoules{1}, true},
            {buffer("buffer_i", MemoryOperand::i1), buffer("buffer_w", MemoryOperand::i2), outputs, above, dram()}};
}

/// Everything in sram: four products of one output, a weight and an input each.
inline HandLatency of_buffers(const std::string& name, Cycles sram_latency, Cycles register_latency)
{
    const Layer layer = convolution(0, {1, 4});
    const TemporalLoop c4{LoopDim::c, 4};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {2, 3}, {{c4}, {}}, {{}, {}, {}}},
                        {"W", MemoryOperand::i2, {1, 3}, {{}, {c4}}, {{}, {}, {}}},
                        {"I", MemoryOperand::i1, {0, 3}, {{}, {c4}}, {{}, {}, {}}}};
    // An iteration takes a cycle. The next weight and input come in as many cycles, after the latency of sram but its last cycle.
    const Cycles fill{1 + sram_latency.count() - 1};
    return {name,
            buffered(sram_latency, register_latency),
            layer,
            mapping,
            fill,
            Cycles{1 + 3 * fill.count()},
            Cycles{1 + register_latency.count() - 1}};
}

/// Two buffers of inputs for two MACs each, and three columns: one buffer holds two of them, one holds one. They fill side by side,
/// through ports of 8 bits, so it takes two cycles; an iteration takes one.
inline HandLatency of_uneven_instances()
{
    Memory buffer{"buffer", Bits{32}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {1}};
    buffer.ports = {{"r", PortType::read, Bits{16}, Bits{8}}, {"w", PortType::write, Bits{8}, Bits{8}}};
    buffer.services = {through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1)};
    Memory above = sram();
    above.served_dimensions = {0, 1};
    above.ports.push_back({"r_port_2", PortType::read, Bits{32}, Bits{8}});
    above.services[0] = through(MemoryOperand::i1, 2, std::nullopt, std::nullopt, 1);
    Memory off_chip = dram();
    off_chip.served_dimensions = {0, 1};
    const Layer layer = convolution(0, {1, 4, 1, 3});
    const TemporalLoop c4{LoopDim::c, 4};
    const SpatialLoop inside{LoopDim::ox, 1.5};
    const SpatialLoop across{LoopDim::ox, 2};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {1, 2}, {{c4}, {}}, {{}, {inside, across}, {}}},
                        {"W", MemoryOperand::i2, {2}, {{c4}}, {{inside, across}, {}}},
                        {"I", MemoryOperand::i1, {0, 2}, {{}, {c4}}, {{inside}, {across}, {}}}};
    return {"uneven instances",
            {"uneven", {{{"D1", 2}, {"D2", 2}}, Picojoules{1}, true}, {buffer, output_register(), above, off_chip}},
            layer,
            mapping,
            Cycles{2},
            Cycles{1 + 3 * 2},
            Cycles{1}};
}

/// Loops of three and two over four channels: of six iterations for each of three columns, four read a weight and an input through
/// one port, in two cycles, and two find nothing to do.
inline HandLatency of_loops_beyond_a_dimension()
{
    const Layer layer = convolution(0, {1, 4, 1, 3});
    const std::vector<TemporalLoop> channels{{LoopDim::c, 3}, {LoopDim::c, 2}};
    const TemporalLoop columns{LoopDim::ox, 3};
    const std::vector<TemporalLoop> all{channels[0], channels[1], columns};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {{"O", MemoryOperand::o, {kRegister, kSram}, {channels, {columns}}, {{}, {}, {}}},
                        {"W", MemoryOperand::i2, {kSram}, {all}, {{}, {}}},
                        {"I", MemoryOperand::i1, {kSram}, {all}, {{}, {}}}};
    return {"loops beyond a dimension", accelerator(), layer, mapping, Cycles{}, Cycles{3 * (4 * 2 + 2)}, Cycles{1}};
}

inline std::vector<HandLatency> hand_latencies()
{
    return {of_buffers("no latency", Cycles{1}, Cycles{1}), of_buffers("first fills wait", Cycles{6}, Cycles{1}),
            of_buffers("last drains wait", Cycles{1}, Cycles{6}), of_uneven_instances(), of_loops_beyond_a_dimension()};
}

}  // namespace plumbline::tiny
