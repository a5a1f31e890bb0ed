// SPDX-License-Identifier: Apache-2.0
#include "rtl_schedule.hpp"

namespace plumbline::rtl {
namespace {

Operand operand(const char* name, std::initializer_list<LoopDim> dims)
{
    Operand operand;
    operand.name = name;
    for (LoopDim dim : dims) operand.relevant.insert(dim);
    operand.precision = kWord;
    return operand;
}

/// `groups` products of m x k by k x n.
Layer product(LayerId id, std::int64_t groups, std::int64_t m, std::int64_t n, std::int64_t k)
{
    Layer layer;
    layer.id = id;
    layer.name = "product " + std::to_string(id + 1);
    layer.operator_type = "Gemm";
    layer.operation = Operation::matrix_product;
    layer.sizes[LoopDim::g] = groups;
    layer.sizes[LoopDim::ox] = m;
    layer.sizes[LoopDim::k] = n;
    layer.sizes[LoopDim::c] = k;
    layer.output = operand("O", {LoopDim::g, LoopDim::ox, LoopDim::k});
    layer.final_precision = kWord;
    layer.inputs = {operand("B", {LoopDim::g, LoopDim::c, LoopDim::k}),
                    operand("A", {LoopDim::g, LoopDim::c, LoopDim::ox})};
    layer.inputs.front().constant = true;
    return layer;
}

/// Temporal loops of one product, and which of them stay below the main memory.
struct Loops {
    std::vector<TemporalLoop> in_tile;  ///< innermost first; the first is that over which the array keeps its part of A
    std::vector<TemporalLoop> over_k;   ///< tiles of the reduction: the sums stay
    std::vector<TemporalLoop> over_products;
};

std::vector<TemporalLoop> loops(std::initializer_list<TemporalLoop> all)
{
    std::vector<TemporalLoop> real;
    for (TemporalLoop loop : all) {
        if (loop.size > 1) real.push_back(loop);
    }
    return real;
}

Loops loops_of(const Gemm& gemm, std::int64_t products)
{
    return {loops({{LoopDim::c, gemm.tile_k / kArray}, {LoopDim::ox, gemm.tile_m / kArray}}),
            loops({{LoopDim::c, gemm.k / gemm.tile_k}}), loops({{LoopDim::g, products}})};
}

using Nest = std::vector<std::vector<TemporalLoop>>;

std::vector<TemporalLoop> joined(const Nest& parts)
{
    std::vector<TemporalLoop> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

OperandMapping mapping_of(const char* name, MemoryOperand memory_operand, std::vector<MemoryId> levels, Nest temporal)
{
    const std::vector<SpatialLoop> lanes{{LoopDim::ox, kArray}, {LoopDim::c, kArray}};
    OperandMapping mapping{name, memory_operand, std::move(levels), std::move(temporal), {}};
    mapping.spatial.resize(mapping.levels.size() + 1);
    mapping.spatial[mapping.levels.front() == kRegister ? 1 : 0] = lanes;
    return mapping;
}

/// Levels of an operand from its lowest to the buffer or the main memory, and its loops there.
void end_at(Level top, OperandMapping& mapping)
{
    while (mapping.levels.back() > top) {
        const std::vector<TemporalLoop> above = mapping.temporal.back();
        mapping.levels.pop_back();
        mapping.temporal.pop_back();
        mapping.spatial.pop_back();
        mapping.temporal.back().insert(mapping.temporal.back().end(), above.begin(), above.end());
    }
}

struct Tops {
    Level a = kMemory;
    Level o = kMemory;
};

LayerMapping mapping_of(const Layer& layer, const Gemm& gemm, std::int64_t products, Tops tops)
{
    const std::vector<TemporalLoop> columns = loops({{LoopDim::k, gemm.tile_n}});
    const Loops all = loops_of(gemm, products);
    const std::vector<TemporalLoop> in_tile = joined({columns, all.in_tile});
    const std::vector<TemporalLoop> outside = joined({all.over_k, all.over_products});
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.sizes[LoopDim::ox] = gemm.tile_m;
    mapping.operands = {
        mapping_of("O", MemoryOperand::o, {kBuffer, kMemory}, {joined({in_tile, all.over_k}), all.over_products}),
        mapping_of("B", MemoryOperand::i2, {kBuffer, kMemory}, {in_tile, outside}),
        mapping_of("A", MemoryOperand::i1, {kRegister, kBuffer, kMemory}, {columns, all.in_tile, outside})};
    end_at(tops.o, mapping.operands[0]);
    end_at(tops.a, mapping.operands[2]);
    return mapping;
}

/// Tiles of `tile_m` rows one after another, whose steps are all alike.
Stack stack_of(std::vector<LayerId> layers, std::int64_t tiles, std::int64_t tile_m, const std::vector<Step>& steps)
{
    Stack stack;
    stack.layers = std::move(layers);
    stack.tile = {tile_m, 1};
    stack.grid = {tiles, 1};
    const auto add = [&](TilePosition position, std::int64_t count) {
        if (count > 0) stack.classes.push_back({stack.tile, position, TilePosition::only, false, count, steps});
    };
    if (tiles == 1) {
        add(TilePosition::only, 1);
    } else {
        add(TilePosition::first, 1);
        add(TilePosition::middle, tiles - 2);
        add(TilePosition::last, 1);
    }
    stack.classes.front().loads_weights = true;
    return stack;
}

RtlRun run_of(std::string name, std::vector<Layer> layers, Stack stack, const Accelerator& accelerator)
{
    Schedule schedule{accelerator.name(), name, CapacityPolicy::reserved, {std::move(stack)}};
    return {Workload{std::move(name), std::move(layers)}, std::move(schedule)};
}

}  // namespace

RtlRun run_of(const GemmRow& row, const Accelerator& accelerator)
{
    const Gemm& gemm = row.gemm;
    const std::int64_t products = gemm.m / gemm.tile_m * (gemm.n / gemm.tile_n);
    const Layer layer = product(0, products, gemm.tile_m, gemm.tile_n, gemm.k);
    const ComputeStep step{0, mapping_of(layer, gemm, products, {})};
    return run_of(name_of(row), {layer}, stack_of({0}, 1, gemm.tile_m, {step}), accelerator);
}

RtlRun run_of(const FusedRow& row, const Accelerator& accelerator)
{
    const Layer first = product(0, 1, row.first.m, row.first.n, row.first.k);
    Layer second = product(1, 1, row.second.m, row.second.n, row.second.k);
    second.inputs.back().source = first.id;
    const std::vector<Step> steps{ComputeStep{0, mapping_of(first, row.first, 1, {kMemory, kBuffer})},
                                  ComputeStep{1, mapping_of(second, row.second, 1, {kBuffer, kMemory})}};
    Stack stack = stack_of({0, 1}, row.first.m / row.first.tile_m, row.first.tile_m, steps);
    return run_of(name_of(row), {first, second}, std::move(stack), accelerator);
}

}  // namespace plumbline::rtl
