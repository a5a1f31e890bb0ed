// SPDX-License-Identifier: Apache-2.0
// A machine small enough to follow by hand, and layers and mappings for it.
//
// Two by two MACs: D1 (usually K) and D2 (usually C, summed on the way to the output register).
//   reg_w  8 bit, one per MAC             I2
//   reg_o  16 bit, one per D1             O, a port per direction
//   sram   32 bit a cycle, 8-bit granules  I1 I2 O through one read and one write port
//   dram   16 bit a cycle                 I1 I2 O through one read-write port
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plumbline/schedule.hpp"

namespace plumbline::small {

inline constexpr MemoryId kRegW = 0;
inline constexpr MemoryId kRegO = 1;
inline constexpr MemoryId kSram = 2;
inline constexpr MemoryId kDram = 3;

inline Port port(const char* name, PortType type, std::int64_t width, std::int64_t granule)
{
    return {name, type, Bits{width}, Bits{granule}};
}

inline Memory memory(const char* name, Bits size, std::vector<Port> ports, std::vector<std::size_t> served)
{
    Memory memory;
    memory.name = name;
    memory.size = size;
    memory.ports = std::move(ports);
    memory.served_dimensions = std::move(served);
    return memory;
}

inline Accelerator accelerator(Bits sram_size = Bits{4096})
{
    constexpr auto kNone = std::nullopt;
    Memory reg_w = memory("reg_w", Bits{8}, {port("r", PortType::read, 8, 8), port("w", PortType::write, 8, 8)}, {});
    reg_w.services = {{MemoryOperand::i2, {0, kNone, kNone, 1}}};
    Memory reg_o = memory("reg_o", Bits{16},
                          {port("r_1", PortType::read, 16, 16), port("r_2", PortType::read, 16, 16),
                           port("w_1", PortType::write, 16, 16), port("w_2", PortType::write, 16, 16)},
                          {1});
    reg_o.services = {{MemoryOperand::o, {0, 3, 1, 2}}};
    Memory sram =
        memory("sram", sram_size, {port("r", PortType::read, 32, 8), port("w", PortType::write, 32, 8)}, {0, 1});
    sram.services = {{MemoryOperand::i1, {0, kNone, kNone, 1}},
                     {MemoryOperand::i2, {0, kNone, kNone, 1}},
                     {MemoryOperand::o, {0, 1, 0, 1}}};
    Memory dram = memory("dram", mebibytes(1), {port("rw", PortType::read_write, 16, 16)}, {0, 1});
    dram.services = {{MemoryOperand::i1, {0, kNone, kNone, 0}},
                     {MemoryOperand::i2, {0, kNone, kNone, 0}},
                     {MemoryOperand::o, {0, 0, 0, 0}}};
    MacArray array;
    array.dimensions = {{"D1", 2}, {"D2", 2}};
    return {"small", array, {reg_w, reg_o, sram, dram}};
}

using Sizes = std::map<LoopDim, std::int64_t>;

inline Layer convolution(const Sizes& sizes, LayerId id = 0, std::int64_t stride = 1, std::int64_t dilation = 1)
{
    Layer layer;
    layer.id = id;
    layer.name = "layer " + std::to_string(id);
    layer.operator_type = "Conv";
    for (auto [dim, size] : sizes) layer.sizes[dim] = size;
    layer.output.name = "O";
    for (LoopDim dim : {LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox}) layer.output.relevant.insert(dim);
    layer.output.precision = Bits{16};
    layer.final_precision = Bits{8};
    Operand weights;
    weights.name = "W";
    for (LoopDim dim : {LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx}) weights.relevant.insert(dim);
    weights.precision = Bits{8};
    weights.constant = true;
    Operand input;
    input.name = "I";
    for (LoopDim dim : {LoopDim::b, LoopDim::c}) input.relevant.insert(dim);
    input.sliding = {{"IX", LoopDim::ox, stride, LoopDim::fx, dilation},
                     {"IY", LoopDim::oy, stride, LoopDim::fy, dilation}};
    input.precision = Bits{8};
    layer.inputs = {weights, input};
    return layer;
}

using Loops = std::vector<TemporalLoop>;
using Lanes = std::vector<std::vector<SpatialLoop>>;

/// `cuts[i]` loops are held by levels 0 to i; one level per cut, the last one holds all.
inline OperandMapping operand(const std::string& name, MemoryOperand memory_operand, const Loops& loops,
                              const std::vector<std::size_t>& cuts, Lanes lanes)
{
    static const std::map<MemoryOperand, std::vector<MemoryId>> kLevels{{MemoryOperand::o, {kRegO, kSram, kDram}},
                                                                        {MemoryOperand::i2, {kRegW, kSram, kDram}},
                                                                        {MemoryOperand::i1, {kSram, kDram}}};
    OperandMapping mapping;
    mapping.operand = name;
    mapping.memory_operand = memory_operand;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        mapping.levels.push_back(kLevels.at(memory_operand)[i]);
        mapping.temporal.emplace_back(loops.begin() + static_cast<std::ptrdiff_t>(begin),
                                      loops.begin() + static_cast<std::ptrdiff_t>(cuts[i]));
        begin = cuts[i];
    }
    lanes.resize(cuts.size() + 1);
    mapping.spatial = std::move(lanes);
    return mapping;
}

/// Where the loops of each operand are cut into levels.
struct Cuts {
    std::vector<std::size_t> o, w, i;
};

/// K on `k_lanes` of D1, C on `c_lanes` of D2.
inline LayerMapping mapping(const Layer& layer, const Loops& loops, const Cuts& cuts, double k_lanes = 1,
                            double c_lanes = 1)
{
    const SpatialLoop k{LoopDim::k, k_lanes};
    const SpatialLoop c{LoopDim::c, c_lanes};
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {operand("O", MemoryOperand::o, loops, cuts.o, {{c}, {k}}),
                        operand("W", MemoryOperand::i2, loops, cuts.w, {{}, {k, c}}),
                        operand("I", MemoryOperand::i1, loops, cuts.i, {{k, c}})};
    return mapping;
}

inline Stack stack_of_one_tile(std::vector<LayerId> layers, const LoopSizes& output, std::vector<Step> steps)
{
    Stack stack;
    stack.layers = std::move(layers);
    stack.tile = {output[LoopDim::ox], output[LoopDim::oy]};
    TileClass tile;
    tile.size = stack.tile;
    tile.loads_weights = true;
    tile.steps = std::move(steps);
    stack.classes = {tile};
    return stack;
}

inline Schedule schedule(std::vector<Stack> stacks)
{
    Schedule schedule;
    schedule.accelerator = "small";
    schedule.workload = "small";
    schedule.stacks = std::move(stacks);
    return schedule;
}

/// One layer on one tile, nothing else.
inline Schedule schedule(const Layer& layer, const LayerMapping& mapping)
{
    return schedule({stack_of_one_tile({layer.id}, layer.sizes, {ComputeStep{layer.id, mapping}})});
}

}  // namespace plumbline::small
