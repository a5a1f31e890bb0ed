// SPDX-License-Identifier: Apache-2.0
// Accelerators that nobody chose, and rules that unroll anything over their arrays: registers beside MACs, local memories
// that are replicated along some dimensions, buffers that operands share or have to themselves, and off-chip memory.
//
// Sizes on chip are drawn from a few words to more than any of the networks needs, so that most plans are tight.
//
//     RandomAccelerator random{seed};
//     const Accelerator accelerator = random.accelerator();
//     const MappingRules rules = random.rules();
#pragma once

#include <string>

#include "plumbline/mapping.hpp"
#include "random_draw.hpp"

namespace plumbline::random_plans {

class RandomAccelerator {
public:
    explicit RandomAccelerator(std::uint64_t seed) : draw_{seed}
    {
        for (std::int64_t i = draw_.up_to(3); i > 0; --i)
            array_.dimensions.push_back(
                {"D" + std::to_string(array_.dimensions.size() + 1), draw_.one_of<std::int64_t>({1, 2, 2, 3, 4})});
        array_.mac_energy = Picojoules{1};
    }

    Accelerator accelerator()
    {
        using Operands = std::vector<MemoryOperand>;
        constexpr MemoryOperand i1 = MemoryOperand::i1, i2 = MemoryOperand::i2, o = MemoryOperand::o;
        const std::vector<std::size_t> near = some_of(all_dimensions());
        for (const auto& [name, operand] : {std::pair{"reg_w", i2}, {"reg_i", i1}, {"reg_o", o}})
            if (draw_.once_in(2)) add(name, {operand}, some_of(near), Bits{8 << draw_.below(6)}, 1);
        if (draw_.once_in(3))
            add("local", draw_.one_of<Operands>({{i1, i2}, {i2}, {i1}, {i1, i2, o}}), near, size_up_to(9), 10);
        const auto buffers = draw_.one_of<std::vector<Operands>>(
            {{{i1, i2, o}}, {{i1, o}, {i2}}, {{i1}, {i2}, {o}}, {{i1, o}}, {{i1, i2}, {o}}, {}});
        for (const Operands& each : buffers)
            add("buffer_" + std::to_string(memories_.size()), each, all_dimensions(), size_up_to(10), 100);
        if (draw_.once_in(3))
            add("global", draw_.one_of<Operands>({{i1, i2, o}, {i1, o}, {i2}}), all_dimensions(), size_up_to(14), 200);
        add("dram", {i1, i2, o}, all_dimensions(), Bits{1} * (std::int64_t{1} << 40), 10000);
        return {"random", array_, memories_};
    }

    MappingRules rules()
    {
        using Dims = std::vector<LoopDim>;
        const std::vector<OperandLink> products{
            {"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}};
        const std::vector<OperandLink> sums{
            {"O", MemoryOperand::o}, {"X", MemoryOperand::i1}, {"Y", MemoryOperand::i1}};
        const Dims any{LoopDim::k, LoopDim::c, LoopDim::ox, LoopDim::oy, LoopDim::fx, LoopDim::fy, LoopDim::g};
        const Dims single{LoopDim::g, LoopDim::ox, LoopDim::oy, LoopDim::fx, LoopDim::fy};
        return MappingRules{{{"default", unrollings(any), products},
                             {"DepthwiseConv", unrollings(single), products},
                             {"Pooling", unrollings(single), products},
                             {"Add", unrollings({LoopDim::g, LoopDim::ox, LoopDim::oy}), sums}}};
    }

private:
    Bits size_up_to(std::int64_t exponent)
    {
        const std::int64_t base = std::int64_t{64} << draw_.below(exponent);
        return Bits{base + 8 * draw_.below(base / 8)};
    }

    std::vector<std::size_t> all_dimensions() const
    {
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < array_.dimensions.size(); ++i) all.push_back(i);
        return all;
    }

    std::vector<std::size_t> some_of(const std::vector<std::size_t>& dimensions)
    {
        std::vector<std::size_t> some;
        for (std::size_t each : dimensions)
            if (draw_.once_in(2)) some.push_back(each);
        return some;
    }

    Port port(const std::string& name, PortType type)
    {
        const std::int64_t width = draw_.one_of<std::int64_t>({8, 16, 32, 64});
        return {name, type, Bits{width}, Bits{draw_.once_in(3) ? width : 8}};
    }

    /// One port for everything, or one per direction; inputs may be read upwards, or not, as ZigZag's files have it.
    void add(const std::string& name, const std::vector<MemoryOperand>& operands,
             const std::vector<std::size_t>& served, Bits size, double energy)
    {
        Memory memory;
        memory.name = name;
        memory.size = size;
        memory.read_energy = memory.write_energy = Picojoules{energy};
        memory.served_dimensions = served;
        const bool apart = draw_.once_in(2);
        memory.ports.push_back(port("r", apart ? PortType::read : PortType::read_write));
        if (apart) memory.ports.push_back(port("w", PortType::write));
        const PortId write = memory.ports.size() - 1;
        const bool inputs_go_up = draw_.once_in(4);
        for (MemoryOperand operand : operands) {
            MemoryService service{operand, {}};
            service.port[Direction::read_down] = 0;
            service.port[Direction::write_from_up] = write;
            if (operand == MemoryOperand::o || inputs_go_up) {
                service.port[Direction::read_up] = 0;
                service.port[Direction::write_from_down] = write;
            }
            memory.services.push_back(service);
        }
        memories_.push_back(std::move(memory));
    }

    std::vector<Unrolling> unrollings(const std::vector<LoopDim>& dims)
    {
        std::vector<Unrolling> all;
        for (const ArrayDimension& each : array_.dimensions) {
            if (draw_.once_in(5)) continue;
            const LoopDim dim = draw_.one_of(dims);
            all.push_back({each.name, dim, draw_.one_of<std::int64_t>({2, 4, 8})});
        }
        return all;
    }

    Draw draw_;
    MacArray array_;
    std::vector<Memory> memories_;
};

}  // namespace plumbline::random_plans
