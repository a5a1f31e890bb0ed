// SPDX-License-Identifier: Apache-2.0
// A machine of two MACs, a network of two layers and a schedule of two tiles: small enough to know by heart.
//
// The network turns an 8 x 6 input into a 6 x 4 output (a 3x3 convolution, then a pointwise one). Tiles of 4 x 4 cut it
// into a left-over column of 2 and a full one of 4.
#pragma once

#include <string>
#include <vector>

#include "plumbline/schedule.hpp"

namespace plumbline::test {

inline Memory register_file()
{
    Memory memory{"reg_o", Bits{16}, Picojoules{0.02}, Picojoules{0.02}, Cycles{1}, {}, {}, {}};
    memory.ports = {{"r_port_1", PortType::read, Bits{16}, Bits{16}},
                    {"r_port_2", PortType::read, Bits{16}, Bits{16}},
                    {"w_port_1", PortType::write, Bits{16}, Bits{16}},
                    {"w_port_2", PortType::write, Bits{16}, Bits{16}}};
    memory.services = {{MemoryOperand::o, {PortId{0}, PortId{3}, PortId{1}, PortId{2}}}};
    return memory;
}

inline Memory shared_sram()
{
    Memory memory{"sram", kibibytes(1), Picojoules{2}, Picojoules{3}, Cycles{1}, {}, {}, {0}};
    memory.ports = {{"r_port_1", PortType::read, Bits{64}, Bits{8}}, {"w_port_1", PortType::write, Bits{64}, Bits{8}}};
    memory.services = {{MemoryOperand::i1, {PortId{0}, std::nullopt, std::nullopt, PortId{1}}},
                       {MemoryOperand::i2, {PortId{0}, std::nullopt, std::nullopt, PortId{1}}},
                       {MemoryOperand::o, {PortId{0}, PortId{1}, PortId{0}, PortId{1}}}};
    return memory;
}

inline Memory off_chip()
{
    Memory memory{"dram", mebibytes(1), Picojoules{700}, Picojoules{750}, Cycles{1}, {}, {}, {0}};
    memory.ports = {{"rw_port_1", PortType::read_write, Bits{32}, Bits{32}}};
    memory.services = {{MemoryOperand::i1, {PortId{0}, std::nullopt, std::nullopt, std::nullopt}},
                       {MemoryOperand::i2, {PortId{0}, std::nullopt, std::nullopt, std::nullopt}},
                       {MemoryOperand::o, {PortId{0}, PortId{0}, std::nullopt, std::nullopt}}};
    return memory;
}

inline MacArray two_macs() { return {{{"D1", 2}}, Picojoules{0.04}}; }

inline Accelerator tiny_accelerator() { return {"tiny", two_macs(), {register_file(), shared_sram(), off_chip()}}; }

inline DimSet dims(std::initializer_list<LoopDim> list)
{
    DimSet set;
    for (LoopDim dim : list) set.insert(dim);
    return set;
}

inline Layer conv3x3()
{
    using enum LoopDim;
    Layer layer;
    layer.id = 0;
    layer.name = "conv";
    layer.operator_type = "Conv";
    layer.sizes[k] = 2;
    layer.sizes[oy] = 4;
    layer.sizes[ox] = 6;
    layer.sizes[fy] = layer.sizes[fx] = 3;
    layer.output = {"O", dims({b, k, oy, ox}), {}, Bits{16}, false, {}};
    layer.final_precision = Bits{8};
    layer.inputs = {{"W", dims({k, c, fy, fx}), {}, Bits{8}, true, {}},
                    {"I", dims({b, c}), {{"IY", oy, 1, fy, 1}, {"IX", ox, 1, fx, 1}}, Bits{8}, false, {}}};
    return layer;
}

inline Layer pointwise()
{
    using enum LoopDim;
    Layer layer = conv3x3();
    layer.id = 1;
    layer.name = "pointwise";
    layer.sizes[c] = 2;
    layer.sizes[fy] = layer.sizes[fx] = 1;
    layer.inputs = {{"W", dims({k, c}), {}, Bits{8}, true, {}},
                    {"I", dims({b, c, oy, ox}), {}, Bits{8}, false, LayerId{0}}};
    return layer;
}

inline Workload tiny_workload() { return {"pair", {conv3x3(), pointwise()}}; }

/// K over the MACs; the reduction in the registers, the map above.
inline LayerMapping tiny_mapping(const Layer& layer, std::int64_t columns)
{
    using enum LoopDim;
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.sizes[ox] = columns;
    const std::vector<TemporalLoop> reduction{{c, layer.sizes[c]}, {fy, layer.sizes[fy]}, {fx, layer.sizes[fx]}};
    const std::vector<TemporalLoop> map{{oy, layer.sizes[oy]}, {ox, columns}};
    std::vector<TemporalLoop> all = reduction;
    all.insert(all.end(), map.begin(), map.end());
    mapping.operands = {{"O", MemoryOperand::o, {0, 1}, {reduction, map}, {{}, {{k, 2.0}}, {}}},
                        {"W", MemoryOperand::i2, {1}, {all}, {{{k, 2.0}}, {}}},
                        {"I", MemoryOperand::i1, {1}, {all}, {{{k, 2.0}}, {}}}};
    return mapping;
}

inline TileClass tiny_tile(TilePosition column, std::int64_t columns)
{
    const Copy input{CopyReason::stack_input,
                     {std::nullopt, 1, 6, columns + 2, Bits{8}},
                     {MemoryOperand::i1, 2},
                     {MemoryOperand::i1, 1}};
    const Copy between{CopyReason::previous_output,
                       {LayerId{0}, 2, 4, columns, Bits{8}},
                       {MemoryOperand::o, 1},
                       {MemoryOperand::i1, 1}};
    TileClass tile{{columns, 4}, column, TilePosition::only, column == TilePosition::first, 1, {}};
    tile.steps = {CopyStep{std::nullopt, {input}}, ComputeStep{0, tiny_mapping(conv3x3(), columns)},
                  CopyStep{LayerId{1}, {between}}, ComputeStep{1, tiny_mapping(pointwise(), columns)}};
    return tile;
}

inline Schedule tiny_schedule()
{
    Stack stack{{0, 1}, OverlapMode::fully_recompute, {4, 4}, {2, 1}, {}};
    stack.classes = {tiny_tile(TilePosition::first, 2), tiny_tile(TilePosition::last, 4)};
    return {"tiny", "pair", CapacityPolicy::reserved, {stack}};
}

}  // namespace plumbline::test
