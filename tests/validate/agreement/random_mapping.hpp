// SPDX-License-Identifier: Apache-2.0
// Mapped layers that no search would find: memories replicated along any dimension, windows of any stride and dilation,
// loops in any order, idle lanes and idle iterations, odd granules. The seed says which.
#pragma once

#include <algorithm>
#include <random>

#include "model/hand_machine.hpp"

namespace plumbline::validate {

class RandomMapping {
public:
    /// \param rereads as MacArray::rereads_inputs
    explicit RandomMapping(unsigned seed, bool rereads = true)
        : random_{seed},
          rereads_{rereads},
          accelerator{make_accelerator()},
          layer{make_layer()},
          mapping{make_mapping()}
    {}

private:
    /// From 1 to `most`. Distributions differ between libraries, the engine does not.
    std::int64_t up_to(std::int64_t most) { return 1 + static_cast<std::int64_t>(random_()) % most; }
    bool sometimes() { return up_to(3) == 1; }

    std::mt19937 random_;
    bool rereads_;
    std::array<std::int64_t, 2> lanes_{up_to(4), up_to(3)};

    /// Serves one operand, for some of the array's dimensions.
    Memory local(const std::string& name, MemoryOperand operand)
    {
        const Bits granule{up_to(20)};
        Memory memory{name, Bits{4096}, Picojoules{1}, Picojoules{1}, Cycles{1}, {}, {}, {}};
        memory.ports = {{"rw_port_1", PortType::read_write, 2 * granule, granule}};
        memory.services = {operand == MemoryOperand::o ? tiny::through(operand, 0, 0, 0, 0)
                                                       : tiny::through(operand, 0, std::nullopt, std::nullopt, 0)};
        for (std::size_t dimension = 0; dimension < lanes_.size(); ++dimension)
            if (sometimes()) memory.served_dimensions.push_back(dimension);
        return memory;
    }

    Accelerator make_accelerator()
    {
        Memory sram = tiny::sram(mebibytes(1));
        Memory dram = tiny::dram();
        sram.served_dimensions = dram.served_dimensions = {0, 1};
        const MacArray array{{{"D1", lanes_[0]}, {"D2", lanes_[1]}}, Picojoules{1}, rereads_};
        return Accelerator{
            "random",
            array,
            {local("i", MemoryOperand::i1), local("w", MemoryOperand::i2), local("o", MemoryOperand::o), sram, dram}};
    }

    Layer make_layer()
    {
        Layer made = tiny::convolution(0, {up_to(5), up_to(5), up_to(4), up_to(9), up_to(2), up_to(4), up_to(3)});
        made.inputs[1].sliding[1].dilation = up_to(2);
        return made;
    }

    std::vector<TemporalLoop> make_loops(const LoopSizes& lanes)
    {
        std::vector<TemporalLoop> loops;
        for (LoopDim dim : kAllLoopDims) {
            const std::int64_t steps = divide_up(layer.sizes[dim], lanes[dim]) + (sometimes() ? 1 : 0);
            const std::int64_t inner = up_to(steps);
            loops.push_back({dim, inner});
            loops.push_back({dim, divide_up(steps, inner)});
        }
        for (std::size_t i = loops.size(); i > 1; --i)
            std::swap(loops[i - 1], loops[static_cast<std::size_t>(up_to(static_cast<std::int64_t>(i))) - 1]);
        return loops;
    }

    /// Cuts the loops into three levels anywhere.
    OperandMapping cut(const Operand& operand, MemoryOperand where, const std::vector<TemporalLoop>& loops,
                       const std::vector<SpatialLoop>& spatial)
    {
        OperandMapping mapped{operand.name, where, accelerator.levels(where), {}, {}};
        const auto count = static_cast<std::int64_t>(loops.size());
        const auto [first, second] = std::minmax({up_to(count), up_to(count)});
        mapped.temporal = {{loops.begin(), loops.begin() + first},
                           {loops.begin() + first, loops.begin() + second},
                           {loops.begin() + second, loops.end()}};
        mapped.spatial.resize(4);
        const auto& served = accelerator.memory(mapped.levels[0]).served_dimensions;
        for (std::size_t dimension = 0; dimension < spatial.size(); ++dimension) {
            const bool inside = std::find(served.begin(), served.end(), dimension) != served.end();
            mapped.spatial[inside ? 0 : 1].push_back(spatial[dimension]);
        }
        return mapped;
    }

    LayerMapping make_mapping()
    {
        std::vector<SpatialLoop> spatial;
        LoopSizes lanes = kUnitLoopSizes;
        for (std::int64_t each : lanes_) {
            const LoopDim dim = kAllLoopDims[static_cast<std::size_t>(1 + up_to(7)) - 1];
            lanes[dim] *= each;
            spatial.push_back({dim, static_cast<double>(each) - (each > 1 && sometimes() ? 0.3 : 0)});
        }
        const std::vector<TemporalLoop> loops = make_loops(lanes);
        return {layer.sizes,
                {cut(layer.output, MemoryOperand::o, loops, spatial),
                 cut(layer.inputs[0], MemoryOperand::i2, loops, spatial),
                 cut(layer.inputs[1], MemoryOperand::i1, loops, spatial)}};
    }

public:
    Accelerator accelerator;
    Layer layer;
    LayerMapping mapping;
};

}  // namespace plumbline::validate
