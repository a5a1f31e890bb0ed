// SPDX-License-Identifier: Apache-2.0
#include "tile_cost.hpp"

#include <algorithm>

#include <plumbline/layer_cost.hpp>

namespace plumbline::gemmini {
namespace {

constexpr Bits kElement{8};
constexpr Bits kSum{32};
enum Level : MemoryId { kRegister, kAccumulator, kScratchpad, kMemory };

Operand operand(const char* name, std::initializer_list<LoopDim> dims, Bits precision)
{
    Operand operand;
    operand.name = name;
    for (LoopDim dim : dims) operand.relevant.insert(dim);
    operand.precision = precision;
    return operand;
}

Layer layer_of(const TiledRun& run, const Extents& tile)
{
    Layer layer;
    layer.name = "tile";
    layer.operator_type = "Conv";
    layer.sizes[LoopDim::b] = tile[Dim::n];
    layer.sizes[LoopDim::k] = tile[Dim::k];
    layer.sizes[LoopDim::c] = tile[Dim::c];
    layer.sizes[LoopDim::ox] = tile[Dim::p];
    layer.sizes[LoopDim::oy] = tile[Dim::q];
    layer.sizes[LoopDim::fx] = tile[Dim::r];
    layer.sizes[LoopDim::fy] = tile[Dim::s];
    layer.output = operand("O", {LoopDim::b, LoopDim::k, LoopDim::ox, LoopDim::oy}, kSum);
    layer.final_precision = kElement;
    layer.inputs = {operand("W", {LoopDim::k, LoopDim::c, LoopDim::fx, LoopDim::fy}, kElement),
                    operand("I", {LoopDim::b, LoopDim::c}, kElement)};
    layer.inputs[0].constant = true;
    layer.inputs[1].sliding = {{"IX", LoopDim::ox, run.shape.stride_p, LoopDim::fx},
                               {"IY", LoopDim::oy, run.shape.stride_q, LoopDim::fy}};
    return layer;
}

/// Iterations of a dimension that is unrolled over at most `lanes`, and lanes that are busy on average.
struct Unrolled {
    TemporalLoop temporal;
    SpatialLoop spatial;
};

Unrolled unrolled(LoopDim dim, std::int64_t size, std::int64_t lanes)
{
    const std::int64_t iterations = divide_up(size, lanes);
    return {{dim, iterations}, {dim, static_cast<double>(size) / static_cast<double>(iterations)}};
}

template <class Loop>
std::vector<Loop> real(std::initializer_list<Loop> all)
{
    std::vector<Loop> loops;
    for (const Loop& loop : all) {
        if (loop.size > 1) loops.push_back(loop);
    }
    return loops;
}

LayerMapping mapping_of(const Layer& layer, const TiledRun& run, const Extents& tile)
{
    const Unrolled k = unrolled(LoopDim::k, tile[Dim::k], run.array);
    const Unrolled c = unrolled(LoopDim::c, tile[Dim::c], run.array);
    const std::vector<SpatialLoop> lanes = real({k.spatial, c.spatial});
    const auto outputs =
        real<TemporalLoop>({{LoopDim::ox, tile[Dim::p]}, {LoopDim::oy, tile[Dim::q]}, {LoopDim::b, tile[Dim::n]}});
    const auto blocks = real(
        {c.temporal, TemporalLoop{LoopDim::fx, tile[Dim::r]}, TemporalLoop{LoopDim::fy, tile[Dim::s]}, k.temporal});
    std::vector<TemporalLoop> all = outputs;
    all.insert(all.end(), blocks.begin(), blocks.end());
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {
        {"O", MemoryOperand::o, {kAccumulator, kMemory}, {all, {}}, {lanes, {}, {}}},
        {"W", MemoryOperand::i2, {kRegister, kScratchpad, kMemory}, {outputs, blocks, {}}, {{}, lanes, {}, {}}},
        {"I", MemoryOperand::i1, {kScratchpad, kMemory}, {all, {}}, {lanes, {}, {}}}};
    return mapping;
}

double bytes_read(const OperandCost& operand, const Accelerator& accelerator)
{
    constexpr double kBitsPerByte = 8;
    const Port& port = accelerator.port(kMemory, operand.memory_operand, Direction::read_down);
    return operand.levels.back().accesses[Direction::read_down].count() * static_cast<double>(port.width.count()) /
           kBitsPerByte;
}

/// The description's machine with another array: as many times as wide is what the array sees of memories on the chip.
Accelerator with_array(const Accelerator& accelerator, std::int64_t side)
{
    MacArray array = accelerator.array();
    for (ArrayDimension& dimension : array.dimensions) dimension.size = side;
    std::vector<Memory> memories = accelerator.memories();
    for (MemoryId id : {kAccumulator, kScratchpad}) {
        Memory& memory = memories.at(id);
        for (const MemoryService& service : memory.services) {
            for (Direction direction : {Direction::read_down, Direction::write_from_down}) {
                if (!service.port[direction]) continue;
                Port& port = memory.ports.at(*service.port[direction]);
                port.width = Bits{port.width.count() / kArray * side};
            }
        }
    }
    return Accelerator{accelerator.name(), array, memories, accelerator.dispatch()};
}

}  // namespace

TileCost tile_cost(const Accelerator& described, const TiledRun& run, const Extents& tile, Estimator estimator)
{
    const Accelerator accelerator = run.array == kArray ? described : with_array(described, run.array);
    const Layer layer = layer_of(run, tile);
    const LayerMapping mapping = mapping_of(layer, run, tile);
    check(mapping, layer, accelerator);
    const LayerCost cost = layer_cost(accelerator, layer, mapping, estimator);
    TileCost result;
    result.array_cycles = static_cast<double>((cost.temporal + cost.stall).count());
    result.outputs_per_row = static_cast<double>(tile[Dim::p]);
    result.blocks = static_cast<double>(cost.temporal.count()) / result.outputs_per_row;
    result.weight_bytes = bytes_read(cost.operands[1], accelerator);
    result.input_bytes = bytes_read(cost.operands[2], accelerator);
    return result;
}

}  // namespace plumbline::gemmini
