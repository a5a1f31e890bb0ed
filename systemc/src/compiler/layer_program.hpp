// SPDX-License-Identifier: Apache-2.0
// What the parts of the machine do to compute one layer on one tile, as lists that they work through.
//
// A LayerMapping says how loops are cut into levels; its program says which bits pass which port because of that, and
// what must have happened before. Blocks that last a while are transfers of their own, one after the other per link
// (an operand between two neighbouring levels). Those that change in every iteration are part of the steady traffic
// of the MAC array, as are its own reads and writes: it runs through chunks of iterations in which only that traffic
// occurs.
//
// A program knows neither time nor the state of ports: those emerge when the machine executes it.
//
//     LayerProgram program = compile(accelerator, layer, step.mapping);  // compile_layer.hpp
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/requesters.hpp"
#include "loop_nest/block_exchange.hpp"
#include "plumbline/sim/access.hpp"
#include "plumbline/sim/ports.hpp"

namespace plumbline::sim {

struct ChunkPattern;

/// Moves at once from its source to its destination, and holds a port of each meanwhile.
struct Transfer {
    std::vector<Access> accesses;
    std::vector<PortUse> uses;
    Cycles latency{};  ///< before the first word
};

/// Cycles that a transfer takes from its first word on when nobody else uses its ports.
std::int64_t cycles_alone(const Transfer& transfer);

using TransferId = std::int32_t;
inline constexpr TransferId kNoTransfer = -1;

/// One operand between a level and the one above. The blocks of the lower level take turns, a visit each.
struct LinkProgram {
    MemoryOperand operand = MemoryOperand::i1;
    StreamId stream = 0;
    std::size_t level = 0;  ///< the lower one
    BlockExchange blocks;
    bool above_fine = false;         ///< blocks come from it to links that are part of the chunks, and sums from them
    bool after_fine = false;         ///< its drains wait until sums have left the chunks
    std::vector<TransferId> fills;   ///< per visit: brings the block down before it
    std::vector<TransferId> drains;  ///< per visit: takes the block up after it; empty for inputs

    std::int64_t visits() const { return static_cast<std::int64_t>(fills.size()); }
    /// Iterations that must be done before visit `index` may be drained.
    std::int64_t drain_after(std::int64_t index) const;
    /// Blocks that must have been drained before `iteration` may run.
    std::int64_t drained_before(std::int64_t iteration) const;

private:
    Sums sums(std::int64_t index) const;
};

/// Iterations with their steady traffic; equal ones share one.
struct ChunkWork {
    std::int64_t macs = 0;
    std::int64_t iterations = 0;
    std::vector<Access> accesses;
    std::vector<PortUse> uses;
    std::shared_ptr<const ChunkPattern> pattern;  ///< none where every iteration is a chunk
};

struct Chunk {
    std::int64_t first = 0;  ///< iteration
    std::int64_t iterations = 0;
    std::size_t work = 0;
};

struct LayerProgram {
    std::int64_t iterations = 0;
    Cycles latency{};  ///< from the first read of the MAC array to its first iteration
    std::vector<Transfer> transfers;
    std::vector<LinkProgram> links;
    std::vector<ChunkWork> works;
    std::vector<Chunk> chunks;
};

}  // namespace plumbline::sim
