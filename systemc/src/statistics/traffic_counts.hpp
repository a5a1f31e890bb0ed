// SPDX-License-Identifier: Apache-2.0
// What passed the borders of memories, as sums: per memory, operand and direction.
//
//     TrafficCounts totals{accelerator.memories().size()};
//     totals.at(memory, MemoryOperand::o, Direction::write_from_down).bits += 8;
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "plumbline/accelerator.hpp"

namespace plumbline::sim {

/// What passed in one direction, for one operand.
struct TrafficCount {
    std::int64_t granules = 0;
    std::int64_t bits = 0;
    std::int64_t finished = 0;  ///< output elements that became final here

    TrafficCount& operator+=(const TrafficCount& other)
    {
        granules += other.granules;
        bits += other.bits;
        finished += other.finished;
        return *this;
    }
    TrafficCount operator*(std::int64_t times) const { return {granules * times, bits * times, finished * times}; }
    friend bool operator==(const TrafficCount& a, const TrafficCount& b)
    {
        return a.granules == b.granules && a.bits == b.bits && a.finished == b.finished;
    }
};

class TrafficCounts {
public:
    explicit TrafficCounts(std::size_t memories = 0) : counts_(memories) {}

    std::size_t memories() const { return counts_.size(); }
    TrafficCount& at(MemoryId memory, MemoryOperand operand, Direction direction)
    {
        return counts_[memory][static_cast<std::size_t>(operand)][direction];
    }
    const TrafficCount& at(MemoryId memory, MemoryOperand operand, Direction direction) const
    {
        return counts_[memory][static_cast<std::size_t>(operand)][direction];
    }
    /// \pre of as many memories
    void add(const TrafficCounts& other, std::int64_t times)
    {
        for (MemoryId memory = 0; memory < counts_.size(); ++memory) {
            for (MemoryOperand operand : kAllMemoryOperands) {
                for (Direction direction : kAllDirections)
                    at(memory, operand, direction) += other.at(memory, operand, direction) * times;
            }
        }
    }
    void clear() { counts_.assign(counts_.size(), {}); }

private:
    std::vector<std::array<PerDirection<TrafficCount>, kAllMemoryOperands.size()>> counts_;
};

}  // namespace plumbline::sim
