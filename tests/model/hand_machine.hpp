// SPDX-License-Identifier: Apache-2.0
// A machine and layers whose cost is computed by hand.
//
// Two MACs over K (D1 = 2). Outputs: a 16-bit register per MAC, then sram, then dram. Inputs and weights: sram, dram.
// sram has one read and one write port of 32 bits with 8-bit granules, dram one port of 16 bits.
#pragma once

#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::tiny {

inline MemoryService through(MemoryOperand operand, std::optional<PortId> read_down, std::optional<PortId> from_down,
                             std::optional<PortId> read_up, std::optional<PortId> from_up)
{
    return {operand, {read_down, from_down, read_up, from_up}};
}

inline Memory output_register()
{
    Memory memory;
    memory.name = "reg_o";
    memory.size = Bits{16};
    memory.read_energy = memory.write_energy = Picojoules{0.5};
    memory.ports = {{"r_port_1", PortType::read, Bits{16}, Bits{16}},
                    {"r_port_2", PortType::read, Bits{16}, Bits{16}},
                    {"w_port_1", PortType::write, Bits{16}, Bits{16}},
                    {"w_port_2", PortType::write, Bits{16}, Bits{16}}};
    memory.services = {through(MemoryOperand::o, 0, 3, 1, 2)};
    return memory;
}

inline Memory sram(Bits size = Bits{1024})
{
    Memory memory;
    memory.name = "sram";
    memory.size = size;
    memory.read_energy = Picojoules{4};
    memory.write_energy = Picojoules{8};
    memory.ports = {{"r_port_1", PortType::read, Bits{32}, Bits{8}}, {"w_port_1", PortType::write, Bits{32}, Bits{8}}};
    memory.services = {through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 1),
                       through(MemoryOperand::i2, 0, std::nullopt, std::nullopt, 1),
                       through(MemoryOperand::o, 0, 1, 0, 1)};
    memory.served_dimensions = {0};
    return memory;
}

inline Memory dram()
{
    Memory memory;
    memory.name = "dram";
    memory.size = mebibytes(64);
    memory.read_energy = Picojoules{100};
    memory.write_energy = Picojoules{200};
    memory.ports = {{"rw_port_1", PortType::read_write, Bits{16}, Bits{16}}};
    memory.services = {through(MemoryOperand::i1, 0, std::nullopt, std::nullopt, 0),
                       through(MemoryOperand::i2, 0, std::nullopt, std::nullopt, 0),
                       through(MemoryOperand::o, 0, 0, 0, 0)};
    memory.served_dimensions = {0};
    return memory;
}

inline constexpr MemoryId kRegister = 0;
inline constexpr MemoryId kSram = 1;
inline constexpr MemoryId kDram = 2;

inline Accelerator accelerator(Bits sram_size = Bits{1024})
{
    MacArray array;
    array.dimensions = {{"D1", 2}};
    array.mac_energy = Picojoules{1};
    return Accelerator{"tiny", array, {output_register(), sram(sram_size), dram()}};
}

inline SlidingAxis axis_x(std::int64_t stride = 1) { return {"IX", LoopDim::ox, stride, LoopDim::fx, 1}; }
inline SlidingAxis axis_y(std::int64_t stride = 1) { return {"IY", LoopDim::oy, stride, LoopDim::fy, 1}; }

inline DimSet dims(std::initializer_list<LoopDim> list)
{
    DimSet set;
    for (LoopDim dim : list) set.insert(dim);
    return set;
}

struct Shape {
    std::int64_t k = 1, c = 1, oy = 1, ox = 1, fy = 1, fx = 1, stride = 1;
};

/// O[k][oy][ox] += W[k][c][fy][fx] * I[c][iy][ix]; 8-bit data, 16-bit partial sums.
inline Layer convolution(LayerId id, const Shape& shape, std::optional<LayerId> source = std::nullopt)
{
    Layer layer;
    layer.id = id;
    layer.name = "conv" + std::to_string(id);
    layer.operator_type = "Conv";
    layer.sizes[LoopDim::k] = shape.k;
    layer.sizes[LoopDim::c] = shape.c;
    layer.sizes[LoopDim::oy] = shape.oy;
    layer.sizes[LoopDim::ox] = shape.ox;
    layer.sizes[LoopDim::fy] = shape.fy;
    layer.sizes[LoopDim::fx] = shape.fx;
    layer.output.name = "O";
    layer.output.relevant = dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
    layer.output.precision = Bits{16};
    layer.final_precision = Bits{8};
    Operand weights;
    weights.name = "W";
    weights.relevant = dims({LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx});
    weights.precision = Bits{8};
    weights.constant = true;
    Operand input;
    input.name = "I";
    input.relevant = dims({LoopDim::b, LoopDim::c});
    input.sliding = {axis_y(shape.stride), axis_x(shape.stride)};
    input.precision = Bits{8};
    input.source = source;
    layer.inputs = {weights, input};
    return layer;
}

/// Of the outputs of two layers, with 2 channels of 8 bits.
inline Layer addition(LayerId id, std::int64_t rows, std::int64_t columns, LayerId x, LayerId y)
{
    Layer add;
    add.id = id;
    add.name = "add";
    add.operator_type = "Add";
    add.operation = Operation::addition;
    add.sizes[LoopDim::k] = 2;
    add.sizes[LoopDim::oy] = rows;
    add.sizes[LoopDim::ox] = columns;
    const DimSet all = dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
    add.output = {"O", all, {}, Bits{16}, false, std::nullopt};
    add.final_precision = Bits{8};
    add.inputs = {{"X", all, {}, Bits{8}, false, x}, {"Y", all, {}, Bits{8}, false, y}};
    return add;
}

/// Output channels over D1.
inline MappingRules rules()
{
    MappingRule rule;
    rule.name = "default";
    rule.unrollings = {{"D1", LoopDim::k, 2}};
    rule.links = {{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}};
    return MappingRules{{rule}};
}

/// For additions, too.
inline MappingRules rules_with_addition()
{
    MappingRule rule = rules().rules()[0];
    rule.links.push_back({"X", MemoryOperand::i1});
    rule.links.push_back({"Y", MemoryOperand::i1});
    return MappingRules{{rule}};
}

}  // namespace plumbline::tiny
