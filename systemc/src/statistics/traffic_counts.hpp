// SPDX-License-Identifier: Apache-2.0
// What passed the borders of memories, as sums: per memory, operand and direction.
//
//     PassedTotals totals{accelerator.memories().size()};
//     totals.at(memory, MemoryOperand::o, Direction::write_from_down).bits += 8;
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Passed in one direction, for one operand.
struct Passed {
    std::int64_t granules = 0;
    std::int64_t bits = 0;
    std::int64_t finished = 0;  ///< output elements that became final here

    Passed& operator+=(const Passed& other)
    {
        granules += other.granules;
        bits += other.bits;
        finished += other.finished;
        return *this;
    }
    Passed operator*(std::int64_t times) const { return {granules * times, bits * times, finished * times}; }
    friend bool operator==(const Passed& a, const Passed& b)
    {
        return a.granules == b.granules && a.bits == b.bits && a.finished == b.finished;
    }
};

class PassedTotals {
public:
    explicit PassedTotals(std::size_t memories = 0) : passed_(memories) {}

    std::size_t memories() const { return passed_.size(); }
    Passed& at(MemoryId memory, MemoryOperand operand, Direction direction)
    {
        return passed_[memory][static_cast<std::size_t>(operand)][direction];
    }
    const Passed& at(MemoryId memory, MemoryOperand operand, Direction direction) const
    {
        return passed_[memory][static_cast<std::size_t>(operand)][direction];
    }
    /// \pre of as many memories
    void add(const PassedTotals& other, std::int64_t times)
    {
        for (MemoryId memory = 0; memory < passed_.size(); ++memory) {
            for (MemoryOperand operand : kAllMemoryOperands) {
                for (Direction direction : kAllDirections)
                    at(memory, operand, direction) += other.at(memory, operand, direction) * times;
            }
        }
    }
    void clear() { passed_.assign(passed_.size(), {}); }

private:
    std::vector<std::array<PerDirection<Passed>, kAllMemoryOperands.size()>> passed_;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
