// SPDX-License-Identifier: Apache-2.0
// A first description of an accelerator, made of a few answers.
//
// The texts are YAML as io/yaml.hpp reads it, with a comment for each field. Whoever knows more edits them; energies above all, which
// follow from sizes by a rule that the text states. What is made has nothing that plumbline/check.hpp would suspect, unless the
// answers have.
//
//     NewAccelerator answers;
//     answers.memories = {{"maps", kibibytes(64), {MemoryOperand::i1, MemoryOperand::o}}};
//     std::ofstream{"mine.yaml"} << accelerator_yaml(answers);
//     std::ofstream{"mine_rules.yaml"} << mapping_yaml(answers);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/loops.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// An axis of the array, and the loop that is unrolled over it.
struct NewArrayDimension {
    LoopDim loop = LoopDim::k;  ///< in convolutions
    std::int64_t size = 1;      ///< MACs along it
};

/// An on-chip memory between the registers and off-chip memory.
struct NewMemory {
    std::string name;                     ///< unique; not "register_w", "register_o" or "off_chip"
    Bits size{};                          ///< of the memory, of which there is one
    std::vector<MemoryOperand> operands;  ///< that it holds
    Bits bandwidth{};  ///< per cycle, read and written alike; 0: a power of two, NewAccelerator says which
};

/// What is asked; each with a default. A memory without bandwidth gets what the array takes of its operands in a cycle, or a quarter
/// of the sums that it holds, as a power of two.
struct NewAccelerator {
    std::string name = "my_accelerator";  ///< of the accelerator
    /// In the order of the array's dimensions D1, D2, …
    std::vector<NewArrayDimension> array{{LoopDim::k, 16}, {LoopDim::c, 4}, {LoopDim::ox, 4}, {LoopDim::oy, 4}};
    Bits precision{8};       ///< of weights and features
    Bits sum_precision{16};  ///< of partial sums
    /// Lowest first; registers for a weight and a sum stand below them, off-chip memory above.
    std::vector<NewMemory> memories{{"weights", kibibytes(32), {MemoryOperand::i2}},
                                    {"maps", kibibytes(64), {MemoryOperand::i1, MemoryOperand::o}},
                                    {"shared", mebibytes(1), {MemoryOperand::i1, MemoryOperand::i2, MemoryOperand::o}}};
    Bits off_chip_bandwidth{64};  ///< per cycle
};

/// The hardware. \throws InputError naming what no accelerator can have
std::string accelerator_yaml(const NewAccelerator& answers);

/// The mapping rules that go with it: of convolutions, depthwise ones, pooling and additions. \throws InputError likewise
std::string mapping_yaml(const NewAccelerator& answers);

}  // namespace plumbline::io
#pragma GCC visibility pop
