// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_accelerator.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/draw.hpp"

namespace plumbline::validate {
namespace {

using Operands = std::vector<MemoryOperand>;
using Dims = std::vector<LoopDim>;
constexpr MemoryOperand kI1 = MemoryOperand::i1;
constexpr MemoryOperand kI2 = MemoryOperand::i2;
constexpr MemoryOperand kO = MemoryOperand::o;

/// One after the other: each draw depends on those before.
class AcceleratorDraw {
public:
    AcceleratorDraw(std::uint64_t seed, Extent extent) : draw_{seed}, usual_{extent == Extent::usual}
    {
        const std::vector<std::int64_t> sizes =
            usual_ ? std::vector<std::int64_t>{2, 3, 4, 4, 6, 8, 8, 16} : std::vector<std::int64_t>{1, 2, 2, 3, 4};
        for (std::int64_t i = draw_.up_to(3); i > 0; --i) {
            const std::int64_t size = draw_.one_of(sizes);
            array_.dimensions.push_back(
                {"D" + std::to_string(array_.dimensions.size() + 1), array_.units() * size > kMostUnits ? 2 : size});
        }
        array_.mac_energy = Picojoules{1};
        if (usual_) array_.rereads_inputs = !draw_.once_in(4);
    }

    Accelerator accelerator()
    {
        const std::vector<std::size_t> near = some_of(all_dimensions());
        for (const auto& [name, operand] : {std::pair{"reg_w", kI2}, {"reg_i", kI1}, {"reg_o", kO}})
            if (draw_.once_in(2)) add_register(name, operand, near);
        if (draw_.once_in(3)) {
            const Bits size = local_size(near);
            add("local", draw_.one_of<Operands>({{kI1, kI2}, {kI2}, {kI1}, {kI1, kI2, kO}}), near, size, 10);
        }
        const auto buffers = draw_.one_of<std::vector<Operands>>(
            {{{kI1, kI2, kO}}, {{kI1, kO}, {kI2}}, {{kI1}, {kI2}, {kO}}, {{kI1, kO}}, {{kI1, kI2}, {kO}}, {}});
        for (const Operands& each : buffers)
            add("buffer_" + std::to_string(memories_.size()), each, all_dimensions(), buffer_size(10), 100);
        if (draw_.once_in(3)) {
            const Bits size = buffer_size(14);
            add("global", draw_.one_of<Operands>({{kI1, kI2, kO}, {kI1, kO}, {kI2}}), all_dimensions(), size, 200);
        }
        if (usual_ && draw_.once_in(4)) add("cache", {kI1, kI2, kO}, all_dimensions(), Bits{1 << 20}, 400);
        add("dram", {kI1, kI2, kO}, all_dimensions(), Bits{1} * (std::int64_t{1} << 40), 10000);
        const Cycles dispatch{usual_ && draw_.once_in(4) ? draw_.up_to(20) : 0};
        return {"generated", array_, memories_, dispatch};
    }

    MappingRules rules()
    {
        const std::vector<OperandLink> products{{"O", kO}, {"W", kI2}, {"I", kI1}};
        const std::vector<OperandLink> sums{{"O", kO}, {"X", kI1}, {"Y", kI1}};
        const Dims any{LoopDim::k, LoopDim::c, LoopDim::ox, LoopDim::oy, LoopDim::fx, LoopDim::fy, LoopDim::g};
        const Dims single{LoopDim::g, LoopDim::ox, LoopDim::oy, LoopDim::fx, LoopDim::fy};
        std::vector<MappingRule> rules{{"default", unrollings(any), products},
                                       {"DepthwiseConv", unrollings(single), products},
                                       {"Pooling", unrollings(single), products},
                                       {"Add", unrollings({LoopDim::g, LoopDim::ox, LoopDim::oy}), sums}};
        if (usual_) rules.push_back({"MatMul", unrollings({LoopDim::k, LoopDim::c, LoopDim::ox}), products});
        return MappingRules{std::move(rules)};
    }

private:
    static constexpr std::int64_t kMostUnits = 512;

    Bits size_from(std::int64_t least, std::int64_t exponent)
    {
        const std::int64_t base = least << draw_.below(exponent);
        return Bits{base + 8 * draw_.below(base / 8)};
    }
    Bits buffer_size(std::int64_t exponent)
    {
        return usual_ ? size_from(4096, std::min<std::int64_t>(exponent, 9)) : size_from(64, exponent);
    }
    Bits local_size(const std::vector<std::size_t>& served)
    {
        return usual_ ? size_from(128 * lanes_of(served), 5) : size_from(64, 9);
    }

    std::int64_t lanes_of(const std::vector<std::size_t>& served) const
    {
        std::int64_t lanes = 1;
        for (std::size_t dimension : served) lanes *= array_.dimensions[dimension].size;
        return lanes;
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

    /// Of a register, what an iteration moves for so many lanes, or a part of it; else a width of buses.
    std::int64_t width(std::int64_t lanes, bool beside_macs)
    {
        if (!usual_) return draw_.one_of<std::int64_t>({8, 16, 32, 64});
        if (!beside_macs) return draw_.one_of<std::int64_t>({32, 64, 64, 128, 128, 256, 512});
        return std::max<std::int64_t>(8, 8 * lanes * draw_.one_of<std::int64_t>({1, 2, 2, 4, 8}) / 2);
    }

    Port port(const std::string& name, PortType type, std::int64_t lanes, bool beside_macs)
    {
        const std::int64_t bits = width(lanes, beside_macs);
        return {name, type, Bits{bits}, Bits{draw_.once_in(3) ? bits : 8}};
    }

    void add_register(const std::string& name, MemoryOperand operand, const std::vector<std::size_t>& near)
    {
        const std::int64_t times = std::int64_t{1} << draw_.below(usual_ ? 5 : 6);
        const std::vector<std::size_t> served = some_of(near);
        add(name, {operand}, served, Bits{(usual_ ? 32 * lanes_of(served) : 8) * times}, 1);
    }

    bool beside_macs(const Operands& operands) const
    {
        return std::any_of(operands.begin(), operands.end(), [&](MemoryOperand operand) {
            return std::none_of(memories_.begin(), memories_.end(),
                                [&](const Memory& memory) { return memory.serves(operand); });
        });
    }

    /// How many ports: one for everything, one to read and one to write, or one per direction.
    enum class Ports { one, two, four };

    /// Inputs may be read upwards, or not, as ZigZag's files have it.
    void add(const std::string& name, const Operands& operands, const std::vector<std::size_t>& served, Bits size,
             double energy)
    {
        Memory memory;
        memory.name = name;
        memory.size = size;
        memory.read_energy = memory.write_energy = Picojoules{energy};
        memory.served_dimensions = served;
        const std::int64_t lanes = lanes_of(served);
        const bool near = beside_macs(operands);
        const bool apart = draw_.once_in(2);
        const Ports ports = !apart ? Ports::one : usual_ && draw_.once_in(2) ? Ports::four : Ports::two;
        memory.ports.push_back(port("r", apart ? PortType::read : PortType::read_write, lanes, near));
        if (apart) memory.ports.push_back(port("w", PortType::write, lanes, near));
        if (ports == Ports::four) {
            memory.ports.push_back(port("r2", PortType::read, lanes, near));
            memory.ports.push_back(port("w2", PortType::write, lanes, near));
        }
        const bool inputs_go_up = draw_.once_in(4);
        const PortId write = apart ? 1 : 0;
        const PortId upwards = ports == Ports::four ? 2 : 0;
        for (MemoryOperand operand : operands) {
            MemoryService service{operand, {}};
            service.port[Direction::read_down] = 0;
            service.port[Direction::write_from_up] = write;
            if (operand == kO || inputs_go_up) {
                service.port[Direction::read_up] = upwards;
                service.port[Direction::write_from_down] = upwards + write;
            }
            memory.services.push_back(service);
        }
        if (usual_ && draw_.once_in(3)) memory.latency = Cycles{draw_.up_to(name == "dram" ? 40 : 6)};
        memories_.push_back(std::move(memory));
    }

    std::vector<Unrolling> unrollings(const Dims& dims)
    {
        std::vector<Unrolling> all;
        for (const ArrayDimension& each : array_.dimensions) {
            if (draw_.once_in(5)) continue;
            const LoopDim dim = draw_.one_of(dims);
            const std::int64_t drawn = draw_.one_of<std::int64_t>({2, 4, 8});
            all.push_back({each.name, dim, usual_ && !draw_.once_in(4) ? each.size : drawn});
            if (!usual_ || !draw_.once_in(6)) continue;
            if (const LoopDim second = draw_.one_of(dims); second != dim) all.push_back({each.name, second, drawn});
        }
        return all;
    }

    Draw draw_;
    bool usual_;
    MacArray array_;
    std::vector<Memory> memories_;
};

}  // namespace

GeneratedAccelerator generated_accelerator(std::uint64_t seed, Extent extent)
{
    AcceleratorDraw draw{seed, extent};
    Accelerator accelerator = draw.accelerator();
    return {std::move(accelerator), draw.rules()};
}

}  // namespace plumbline::validate
