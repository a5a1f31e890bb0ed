// SPDX-License-Identifier: Apache-2.0
// Executes a layer of four multiplications on a machine of one MAC, a buffer and off-chip memory.
#include <initializer_list>
#include <iostream>
#include <string>
#include <vector>

#include <plumbline/sim/simulate.hpp>
#include <systemc>

using namespace plumbline;

namespace {

Memory memory(const std::string& name, Bits size)
{
    Memory memory;
    memory.name = name;
    memory.size = size;
    memory.ports = {Port{"read", PortType::read, Bits{64}, Bits{8}}, Port{"write", PortType::write, Bits{64}, Bits{8}}};
    for (MemoryOperand operand : kAllMemoryOperands) memory.services.push_back({operand, {0, 1, 0, 1}});
    memory.served_dimensions = {0};
    return memory;
}

Accelerator accelerator()
{
    const MacArray array{{ArrayDimension{"D1", 1}}, Picojoules{1}};
    return Accelerator{"tiny", array, {memory("buffer", kibibytes(1)), memory("dram", mebibytes(1))}};
}

DimSet dims(std::initializer_list<LoopDim> members)
{
    DimSet set;
    for (LoopDim dim : members) set.insert(dim);
    return set;
}

/// One output element, the sum of four products.
Layer layer()
{
    Layer layer;
    layer.name = "dot";
    layer.operator_type = "Conv";
    layer.sizes[LoopDim::c] = 4;
    layer.output = Operand{"O", dims({LoopDim::k, LoopDim::oy, LoopDim::ox}), {}, Bits{32}, false, {}};
    layer.final_precision = Bits{8};
    layer.inputs = {Operand{"W", dims({LoopDim::k, LoopDim::c}), {}, Bits{8}, true, {}},
                    Operand{"I", dims({LoopDim::c, LoopDim::oy, LoopDim::ox}), {}, Bits{8}, false, {}}};
    return layer;
}

OperandMapping in_both_memories(const std::string& operand, MemoryOperand memory_operand)
{
    return {operand, memory_operand, {0, 1}, {{TemporalLoop{LoopDim::c, 4}}, {}}, {{}, {}, {}}};
}

Schedule schedule(const Layer& layer)
{
    LayerMapping mapping;
    mapping.sizes = layer.sizes;
    mapping.operands = {in_both_memories("O", MemoryOperand::o), in_both_memories("W", MemoryOperand::i2),
                        in_both_memories("I", MemoryOperand::i1)};
    TileClass only;
    only.loads_weights = true;
    only.steps = {ComputeStep{layer.id, mapping}};
    Stack stack;
    stack.layers = {layer.id};
    stack.classes = {only};
    return Schedule{"tiny", "one_layer", CapacityPolicy::reserved, {stack}};
}

}  // namespace

int sc_main(int, char**)
{
    const Workload workload{"one_layer", {layer()}};
    const sim::Counters counters = sim::simulate(accelerator(), workload, schedule(workload.layers().front()));
    std::cout << "MACs: " << counters.macs() << ", cycles: " << counters.cycles << ", now: " << sc_core::sc_time_stamp()
              << '\n';
    return counters.macs() == 4 ? 0 : 1;
}
