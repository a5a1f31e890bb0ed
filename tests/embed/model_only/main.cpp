// SPDX-License-Identifier: Apache-2.0
// Predicts the latency of moving 64 bits from off-chip memory to a buffer, over ports of 8 bits a cycle.
#include <iostream>
#include <string>
#include <vector>

#include <plumbline/copy_cost.hpp>

using namespace plumbline;

namespace {

constexpr Place kDram{MemoryOperand::i1, 1};
constexpr Place kBuffer{MemoryOperand::i1, 0};

Memory memory(const std::string& name, Bits size)
{
    Memory memory;
    memory.name = name;
    memory.size = size;
    memory.read_energy = memory.write_energy = Picojoules{1};
    memory.ports = {Port{"rw", PortType::read_write, Bits{8}, Bits{8}}};
    for (MemoryOperand operand : kAllMemoryOperands) memory.services.push_back({operand, {0, 0, 0, 0}});
    memory.served_dimensions = {0};
    return memory;
}

}  // namespace

int main()
{
    const MacArray array{{ArrayDimension{"D1", 1}}, Picojoules{1}};
    const Accelerator accelerator{"tiny", array, {memory("buffer", kibibytes(1)), memory("dram", mebibytes(1))}};
    const CopyTransferCost cost = transfer_cost(accelerator, CopyTransfer{Bits{64}, kDram, kBuffer});
    std::cout << "hops: " << cost.hops.size() << ", latency: " << cost.hops.at(0) << '\n';
    return cost.hops.size() == 1 && cost.hops[0] == Cycles{8} ? 0 : 1;
}
