// SPDX-License-Identifier: Apache-2.0
// Where accesses are counted: at a memory's border, for an operand, in a direction.
//
// Run records, comparisons and counters list words by border. The order is that of the hierarchy, for memories are numbered
// from the MACs up.
//
//     std::map<Border, Accesses> words;
//     for (const AccessEntry& entry : record.accesses) words[border_of(entry)] += entry.words;
#pragma once

#include <tuple>

#include "plumbline/accelerator.hpp"

namespace plumbline::validate {

struct Border {
    MemoryId memory = 0;
    MemoryOperand operand = MemoryOperand::i1;
    Direction direction = Direction::read_down;
};

inline bool operator<(const Border& a, const Border& b)
{
    return std::tie(a.memory, a.operand, a.direction) < std::tie(b.memory, b.operand, b.direction);
}

inline bool operator==(const Border& a, const Border& b)
{
    return std::tie(a.memory, a.operand, a.direction) == std::tie(b.memory, b.operand, b.direction);
}

/// Of a row that names memory, operand and direction.
template <class Row>
Border border_of(const Row& row)
{
    return {row.memory, row.operand, row.direction};
}

}  // namespace plumbline::validate
