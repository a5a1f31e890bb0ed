// SPDX-License-Identifier: Apache-2.0
// A network of two convolutions with a schedule in six tiles for the small machine: what tests of whole runs run.
#pragma once

#include "small_machine.hpp"

namespace plumbline::small {

/// Two layers on a map of 7 x 2, in tiles of 3 x 1 with the left-over first.
struct TwoLayers {
    Layer first = convolution({{LoopDim::k, 3}, {LoopDim::c, 2}, {LoopDim::ox, 9}, {LoopDim::oy, 2}}, 0);
    Layer second =
        convolution({{LoopDim::k, 2}, {LoopDim::c, 3}, {LoopDim::ox, 7}, {LoopDim::oy, 2}, {LoopDim::fx, 3}}, 1);

    TwoLayers() { second.inputs[1].source = 0; }
    Workload workload() const { return {"small", {first, second}}; }

    ComputeStep step(Layer layer, std::int64_t columns, const Cuts& cuts) const
    {
        layer.sizes[LoopDim::ox] = columns;
        layer.sizes[LoopDim::oy] = 1;
        const Loops loops{{LoopDim::c, divide_up(layer.sizes[LoopDim::c], 2)},
                          {LoopDim::fx, layer.sizes[LoopDim::fx]},
                          {LoopDim::ox, columns},
                          {LoopDim::k, divide_up(layer.sizes[LoopDim::k], 2)}};
        const auto lanes = [&](LoopDim dim) {
            return static_cast<double>(layer.sizes[dim]) / static_cast<double>(divide_up(layer.sizes[dim], 2));
        };
        return {layer.id, mapping(layer, loops, cuts, lanes(LoopDim::k), lanes(LoopDim::c))};
    }

    TileClass tile(std::int64_t columns, TilePosition column, TilePosition row, bool loads, std::int64_t count) const
    {
        TileClass tile;
        tile.size = {columns, 1};
        tile.column = column;
        tile.row = row;
        tile.loads_weights = loads;
        tile.count = count;
        const Copy input{CopyReason::stack_input,
                         {std::nullopt, 2, 1, columns + 2, Bits{8}},
                         {MemoryOperand::i1, kDram},
                         {MemoryOperand::i1, kSram}};
        const std::vector<std::size_t> weights =
            loads ? std::vector<std::size_t>{0, 4, 4} : std::vector<std::size_t>{0, 4};
        tile.steps = {CopyStep{std::nullopt, {input}}, step(first, columns + 2, {{2, 4}, weights, {4}}),
                      step(second, columns, {{2, 4, 4}, weights, {4}})};
        return tile;
    }

    Schedule schedule() const
    {
        Stack stack;
        stack.layers = {0, 1};
        stack.mode = OverlapMode::fully_recompute;
        stack.tile = {3, 1};
        stack.grid = {3, 2};
        using P = TilePosition;
        stack.classes = {tile(1, P::first, P::first, true, 1),  tile(3, P::middle, P::first, false, 1),
                         tile(3, P::last, P::first, false, 1),  tile(1, P::first, P::last, false, 1),
                         tile(3, P::middle, P::last, false, 1), tile(3, P::last, P::last, false, 1)};
        return small::schedule({stack});
    }
};

}  // namespace plumbline::small
