// SPDX-License-Identifier: Apache-2.0
// Machines, layers and mappings that nobody chose: whatever a seed says, for laws that hold for all of them.
//
// Memories have one to three levels per operand below off-chip memory, of their own or shared, replicated along none,
// one or both dimensions of the array, with ports that read, write or do both, of 4 to 64 bits and any granule. Layers
// are convolutions whose edges lanes and tiles do not divide, with strides and dilations; loops are in any order and cut
// into levels anywhere, for each operand by itself. Memories hold what the mapping asks for, and some of them more.
// A layer runs 2,000 to 10,000 iterations, after a few copies that run side by side. Memories of every second machine
// have latencies of 1 to 8 cycles, those of the others of one.
//
//     const GeneratedMachine machine = generated_machine(seed);
//     simulate(machine.accelerator, machine.workload, machine.schedule);
#pragma once

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

#include "small_machine.hpp"

namespace plumbline::generated {

struct GeneratedMachine {
    Accelerator accelerator;
    Workload workload;
    Schedule schedule;
};

class Generator {
public:
    explicit Generator(unsigned seed) : random_{seed}, latencies_{~seed}, has_latencies_{seed % 2 == 1} {}

    GeneratedMachine machine()
    {
        array_.dimensions = {{"D1", upto(4)}, {"D2", upto(4)}};
        build_memories();
        const Layer layer = build_layer();
        const LayerMapping mapping = build_mapping(layer);
        give_sizes(layer, mapping);
        if (has_latencies_) give_latencies();
        Accelerator accelerator{"generated", array_, memories_};
        const Stack stack =
            small::stack_of_one_tile({0}, layer.sizes, {copies(accelerator), ComputeStep{0, mapping, {}}});
        Schedule schedule = small::schedule({stack});
        schedule.accelerator = "generated";
        schedule.workload = "generated";
        return {std::move(accelerator), Workload{"generated", {layer}}, std::move(schedule)};
    }

private:
    std::int64_t upto(std::int64_t most)
    {
        return 1 + static_cast<std::int64_t>(random_() % static_cast<unsigned>(most));
    }
    bool once_in(std::int64_t n) { return upto(n) == 1; }
    std::int64_t one_of(const std::vector<std::int64_t>& values) { return values[random_() % values.size()]; }

    Port port(const std::string& name, PortType type)
    {
        const std::int64_t width = one_of({4, 8, 8, 16, 16, 24, 32, 64});
        std::int64_t granule = one_of({1, 2, 4, 8, 16});
        while (width % granule != 0) granule /= 2;
        return {name, type, Bits{width}, Bits{granule}};
    }

    MemoryService service(MemoryOperand operand, PortId read, PortId write)
    {
        MemoryService service{operand, {}};
        service.port[Direction::read_down] = read;
        service.port[Direction::write_from_up] = write;
        if (operand != MemoryOperand::o) return service;
        service.port[Direction::write_from_down] = write;
        service.port[Direction::read_up] = read;
        return service;
    }

    /// One port for everything; one per direction; or one per direction and operand.
    void add_ports(Memory& memory, const std::vector<MemoryOperand>& operands)
    {
        const std::int64_t style = upto(3);
        for (MemoryOperand operand : operands) {
            if (style == 3 || memory.ports.empty()) {
                const std::string number = std::to_string(memory.ports.size());
                memory.ports.push_back(port("r" + number, style == 1 ? PortType::read_write : PortType::read));
                if (style > 1) memory.ports.push_back(port("w" + number, PortType::write));
            }
            const PortId last = memory.ports.size() - 1;
            memory.services.push_back(service(operand, style == 1 ? last : last - 1, last));
        }
    }

    void add_memory(const std::string& name, const std::vector<MemoryOperand>& operands,
                    const std::vector<std::size_t>& served)
    {
        Memory memory;
        memory.name = name;
        memory.size = mebibytes(64);
        memory.served_dimensions = served;
        add_ports(memory, operands);
        memories_.push_back(std::move(memory));
    }

    void build_memories()
    {
        constexpr MemoryOperand i1 = MemoryOperand::i1, i2 = MemoryOperand::i2, o = MemoryOperand::o;
        const std::vector<std::vector<std::size_t>> served{{}, {0}, {1}, {0, 1}};
        const std::vector<std::pair<std::string, MemoryOperand>> registers{{"reg_w", i2}, {"reg_i", i1}, {"reg_o", o}};
        for (const auto& [name, operand] : registers) {
            if (!once_in(3)) add_memory(name, {operand}, served[random_() % 4]);
        }
        const std::vector<std::size_t> all{0, 1};
        if (once_in(2)) add_memory("local", {i1, i2}, all);
        if (once_in(4)) add_memory("local_o", {o}, all);
        if (!once_in(4)) add_memory("global", {i1, i2, o}, all);
        add_memory("dram", {i1, i2, o}, all);
    }

    /// Temporal loops of 2,000 to 10,000 iterations in any order, and sizes that fill all but part of the last step.
    Layer build_layer()
    {
        const std::vector<LoopDim> dims{LoopDim::k, LoopDim::c, LoopDim::oy, LoopDim::ox, LoopDim::fx, LoopDim::fy};
        unrolled_ = {{dims[random_() % 4], 1}, {dims[random_() % 4], 1}};
        if (unrolled_[0].first == unrolled_[1].first) unrolled_.pop_back();
        LoopSizes lanes = kUnitLoopSizes;
        for (std::size_t i = 0; i < unrolled_.size(); ++i) {
            unrolled_[i].second = upto(array_.dimensions[i].size);
            lanes[unrolled_[i].first] = unrolled_[i].second;
        }
        LoopSizes steps = kUnitLoopSizes;
        while (volume(steps) < 2000) {
            const LoopDim dim = dims[random_() % dims.size()];
            const bool window = dim == LoopDim::fx || dim == LoopDim::fy;
            const std::int64_t size = 1 + upto(window ? 2 : 7);
            if (window && steps[dim] > 1) continue;
            if (steps[dim] * size > 64 || volume(steps) * size > 10000) continue;
            loops_.push_back({dim, size});
            steps[dim] *= size;
        }
        std::shuffle(loops_.begin(), loops_.end(), random_);
        small::Sizes sizes;
        for (LoopDim dim : dims) sizes[dim] = (steps[dim] - 1) * lanes[dim] + upto(lanes[dim]);
        for (auto& [dim, count] : unrolled_) whole_[dim] = {sizes[dim], steps[dim]};
        return small::convolution(sizes, 0, upto(2), upto(2));
    }

    Memory& memory(const std::string& name)
    {
        return *std::find_if(memories_.begin(), memories_.end(), [&](const Memory& each) { return each.name == name; });
    }

    OperandMapping map_operand(const std::string& name, MemoryOperand operand)
    {
        OperandMapping mapping;
        mapping.operand = name;
        mapping.memory_operand = operand;
        std::vector<MemoryId> levels;
        for (MemoryId id = 0; id < memories_.size(); ++id) {
            if (memories_[id].serves(operand)) levels.push_back(id);
        }
        std::size_t used = levels.size();
        if (used > 1 && once_in(4)) --used;
        std::vector<std::size_t> cuts{loops_.size()};
        while (cuts.size() < used) cuts.push_back(random_() % loops_.size());
        std::sort(cuts.begin(), cuts.end());
        std::size_t begin = 0;
        std::vector<bool> placed(unrolled_.size());
        for (std::size_t level = 0; level < used; ++level) {
            mapping.levels.push_back(levels[level]);
            mapping.temporal.emplace_back(loops_.begin() + static_cast<std::ptrdiff_t>(begin),
                                          loops_.begin() + static_cast<std::ptrdiff_t>(cuts[level]));
            begin = cuts[level];
            mapping.spatial.push_back(served_first_by(memories_[levels[level]], placed));
        }
        Memory all;
        all.served_dimensions = {0, 1};
        mapping.spatial.push_back(served_first_by(all, placed));
        return mapping;
    }

    std::vector<SpatialLoop> served_first_by(const Memory& memory, std::vector<bool>& placed) const
    {
        std::vector<SpatialLoop> loops;
        for (std::size_t dimension : memory.served_dimensions) {
            if (dimension >= unrolled_.size() || placed[dimension]) continue;
            placed[dimension] = true;
            const LoopDim dim = unrolled_[dimension].first;
            const auto [size, steps] = whole_.at(dim);
            loops.push_back({dim, static_cast<double>(size) / static_cast<double>(steps)});
        }
        return loops;
    }

    LayerMapping build_mapping(const Layer& layer)
    {
        LayerMapping mapping;
        mapping.sizes = layer.sizes;
        mapping.operands = {map_operand("O", MemoryOperand::o), map_operand("W", MemoryOperand::i2),
                            map_operand("I", MemoryOperand::i1)};
        return mapping;
    }

    /// Of one instance, at most.
    static Bits block(const Operand& operand, const OperandMapping& mapping, const LoopSizes& all, std::size_t level)
    {
        LoopSizes sizes = kUnitLoopSizes;
        for (std::size_t i = 0; i <= level; ++i) {
            for (const TemporalLoop& loop : mapping.temporal[i]) sizes[loop.dim] *= loop.size;
            for (const SpatialLoop& loop : mapping.spatial[i])
                sizes[loop.dim] *= static_cast<std::int64_t>(std::ceil(loop.size - 1e-9));
        }
        for (LoopDim dim : kAllLoopDims) sizes[dim] = std::min(sizes[dim], all[dim]);
        return operand.precision * elements(operand, sizes);
    }

    /// Space for one block of each operand, and now and then for more.
    void give_sizes(const Layer& layer, const LayerMapping& mapping)
    {
        std::vector<Bits> needed(memories_.size(), Bits{0});
        for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
            const Operand& operand = i == 0 ? layer.output : layer.inputs[i - 1];
            for (std::size_t level = 0; level < mapping.operands[i].levels.size(); ++level) {
                needed[mapping.operands[i].levels[level]] += block(operand, mapping.operands[i], layer.sizes, level);
            }
        }
        for (MemoryId id = 0; id + 1 < memories_.size(); ++id) {
            const std::int64_t bits = std::max<std::int64_t>(needed[id].count(), 8);
            memories_[id].size = Bits{bits + bits * one_of({0, 0, 1, 2, 4}) / 2};
        }
    }

    void give_latencies()
    {
        for (Memory& memory : memories_) memory.latency = Cycles{1 + static_cast<std::int64_t>(latencies_() % 8)};
    }

    CopyStep copies(const Accelerator& accelerator)
    {
        CopyStep step{LayerId{0}, {}};
        for (std::int64_t i = upto(4); i > 1; --i) {
            const MemoryOperand operand = once_in(2) ? MemoryOperand::i1 : MemoryOperand::o;
            const std::vector<MemoryId>& levels = accelerator.levels(operand);
            const Place top{operand, accelerator.top()};
            const Place low{operand, levels[random_() % levels.size()]};
            const FeatureRegion region{std::nullopt, upto(6), upto(6), upto(6), Bits{8}};
            step.copies.push_back({CopyReason::stack_input, region, once_in(2) ? low : top, once_in(2) ? low : top});
            if (operand == MemoryOperand::i1) step.copies.back().from = top;
        }
        return step;
    }

    std::mt19937 random_;
    std::mt19937 latencies_;  ///< apart, so that latencies leave all else as it is
    bool has_latencies_;
    MacArray array_;
    std::vector<Memory> memories_;
    std::vector<TemporalLoop> loops_;
    std::vector<std::pair<LoopDim, std::int64_t>> unrolled_;          ///< per array dimension: what, lanes
    std::map<LoopDim, std::pair<std::int64_t, std::int64_t>> whole_;  ///< size and temporal steps
};

inline GeneratedMachine generated_machine(unsigned seed) { return Generator{seed}.machine(); }

}  // namespace plumbline::generated
