// SPDX-License-Identifier: Apache-2.0
// Small layers on small hierarchies, drawn at random: shared and separate memories, few loops, little space.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "model/hand_machine.hpp"
#include "plumbline/mapping_problem.hpp"

namespace plumbline::test {

/// What a MappingProblem refers to. Does not move.
class RandomProblem {
public:
    explicit RandomProblem(unsigned seed) : draw_{seed}
    {
        draw_layer();
        draw_machine();
        draw_rule();
        problem.accelerator = &*accelerator;
        problem.layer = &layer;
        problem.sizes = layer.sizes;
        problem.rule = &rule;
        for (MemoryOperand operand : {MemoryOperand::o, MemoryOperand::i2, MemoryOperand::i1}) {
            std::vector<MemoryId> levels = accelerator->levels(operand);
            if (levels.size() > 1 && between(0, 3) == 0) levels.pop_back();
            problem.levels.push_back(levels);
        }
        problem.capacity = between(0, 1) == 0 ? CapacityPolicy::optimistic : CapacityPolicy::reserved;
    }
    RandomProblem(const RandomProblem&) = delete;
    RandomProblem& operator=(const RandomProblem&) = delete;

    std::int64_t between(std::int64_t low, std::int64_t high)
    {
        return low + static_cast<std::int64_t>(draw_() % static_cast<unsigned>(high - low + 1));
    }

    /// The problem, with another part of each memory reserved each time but of the last.
    MappingProblem with_reserved()
    {
        MappingProblem reserving = problem;
        reserving.capacity = CapacityPolicy::reserved;
        reserving.reserved.assign(memories.size(), Bits{});
        for (MemoryId memory = 0; memory + 1 < memories.size(); ++memory)
            reserving.reserved[memory] = Bits{between(0, memories[memory].size.count() / 2)};
        return reserving;
    }

    /// To be called once `memories` are changed.
    void rebuild() { accelerator.emplace("random", array, memories); }

    std::vector<Memory> memories;
    MacArray array;
    std::optional<Accelerator> accelerator;
    Layer layer;
    MappingRule rule;
    MappingProblem problem;

private:
    template <class Value>
    Value one_of(std::initializer_list<Value> values)
    {
        return values.begin()[between(0, static_cast<std::int64_t>(values.size()) - 1)];
    }

    void draw_layer()
    {
        tiny::Shape shape;
        for (int tries = 0; tries < 3; ++tries)
            *one_of({&shape.k, &shape.c, &shape.oy, &shape.ox, &shape.fx, &shape.fy, &shape.ox, &shape.fx}) =
                one_of({2, 3, 4, 5});
        shape.stride = between(1, 2);
        layer = tiny::convolution(0, shape);
    }

    void draw_machine()
    {
        array.dimensions = {{"D1", between(1, 3)}, {"D2", between(1, 2)}};
        array.mac_energy = Picojoules{1};
        array.rereads_inputs = between(0, 1) == 0;
        const std::vector<std::vector<MemoryOperand>> kinds{{MemoryOperand::o},
                                                            {MemoryOperand::i2},
                                                            {MemoryOperand::i1},
                                                            {MemoryOperand::i1, MemoryOperand::o},
                                                            {MemoryOperand::i1, MemoryOperand::i2, MemoryOperand::o}};
        for (const auto& operands : kinds)
            if (between(0, 2) == 0) add_memory(operands, false);
        add_memory(kinds.back(), true);
        rebuild();
    }

    /// The last one is above all, and large enough.
    void add_memory(const std::vector<MemoryOperand>& operands, bool last)
    {
        Memory memory;
        memory.name = "memory" + std::to_string(memories.size());
        memory.size = Bits{last ? 1 << 24 : 8 * between(2, 24) * static_cast<std::int64_t>(operands.size())};
        memory.read_energy = Picojoules{static_cast<double>(between(1, 40)) * 0.3 * (last ? 10 : 1)};
        memory.write_energy = Picojoules{static_cast<double>(between(1, 40)) * 0.3 * (last ? 10 : 1)};
        memory.latency = Cycles{between(1, 3)};
        const Bits width{one_of({8, 16, 32})};
        const Bits granule{between(0, 1) == 0 ? width.count() : 8};
        const bool one_port = between(0, 1) == 0;
        if (one_port)
            memory.ports = {{"rw", PortType::read_write, width, granule}};
        else
            memory.ports = {{"r", PortType::read, width, granule}, {"w", PortType::write, width, granule}};
        const PortId write = one_port ? 0 : 1;
        for (MemoryOperand operand : operands)
            memory.services.push_back(operand == MemoryOperand::o
                                          ? tiny::through(operand, 0, write, 0, write)
                                          : tiny::through(operand, 0, std::nullopt, std::nullopt, write));
        if (last || operands.size() > 1 || between(0, 1) == 0)
            memory.served_dimensions = {0, 1};
        else if (between(0, 1) == 0)
            memory.served_dimensions = {static_cast<std::size_t>(between(0, 1))};
        memories.push_back(memory);
    }

    void draw_rule()
    {
        rule.name = "default";
        rule.unrollings = {{"D1", one_of({LoopDim::k, LoopDim::c, LoopDim::ox}), 3},
                           {"D2", one_of({LoopDim::oy, LoopDim::fx, LoopDim::ox}), 2}};
        rule.links = {{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}};
    }

    std::mt19937 draw_;
};

}  // namespace plumbline::test
