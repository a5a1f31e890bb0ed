// SPDX-License-Identifier: Apache-2.0
// Two sides of one schedule with numbers made up by hand: what is compared matters here, not who made it.
//
// On the tiny machine of tests/model: memory 0 is reg_o (0.02 pJ a read or write), 1 sram (2 and 3 pJ), 2 dram (700 and
// 750 pJ); a MAC is 0.04 pJ.
#pragma once

#include "model/tiny.hpp"
#include "plumbline/cost.hpp"
#include "plumbline/sim/counters.hpp"

namespace plumbline::test {

using sim::Activity;

inline OperandCost operand_cost(MemoryOperand operand, MemoryId memory, PerDirection<Accesses> accesses)
{
    return {"", operand, {{memory, accesses, {}}}};
}

inline ScheduleCost hand_made_prediction()
{
    LayerCost conv;
    conv.macs = 100;
    conv.mac_energy = Picojoules{4};
    conv.memory_energy = Picojoules{96};
    conv.temporal = Cycles{80};
    conv.stall = Cycles{10};
    conv.loading = Cycles{6};
    conv.offloading = Cycles{4};
    conv.operands = {operand_cost(MemoryOperand::o, 1, {Accesses{0}, Accesses{20}, Accesses{0}, Accesses{0}}),
                     operand_cost(MemoryOperand::i1, 1, {Accesses{50}, Accesses{0}, Accesses{0}, Accesses{0}})};
    CopyCost input;
    input.energy = Picojoules{30};
    input.latency = Cycles{12};
    input.traffic = {{{MemoryOperand::i1, 1}, {Accesses{0}, Accesses{0}, Accesses{0}, Accesses{5}}, {}},
                     {{MemoryOperand::i1, 2}, {Accesses{10}, Accesses{0}, Accesses{0}, Accesses{0}}, {}}};
    ScheduleCost cost;
    cost.layers = {{0, "conv", conv}};
    cost.copies = {{std::nullopt, input}};
    return cost;
}

inline sim::Traffic traffic(Activity activity, MemoryId memory, MemoryOperand operand, Direction direction,
                            double words)
{
    sim::Traffic traffic;
    traffic.activity = activity;
    traffic.memory = memory;
    traffic.operand = operand;
    traffic.direction = direction;
    traffic.words = Accesses{words};
    traffic.granules = static_cast<std::int64_t>(words);
    traffic.bits = Bits{8 * traffic.granules};
    return traffic;
}

inline constexpr Activity kConv{Activity::Kind::compute, LayerId{0}};
inline constexpr Activity kInput{Activity::Kind::copy, std::nullopt};

/// Agrees with the prediction in everything but one border: 40 words of input are read from the sram, not 50.
inline sim::Counters hand_made_counters()
{
    using enum Direction;
    sim::Counters counters;
    counters.traffic = {
        traffic(kInput, 2, MemoryOperand::i1, read_down, 10), traffic(kInput, 1, MemoryOperand::i1, write_from_up, 5),
        traffic(kConv, 1, MemoryOperand::i1, read_down, 40), traffic(kConv, 1, MemoryOperand::o, write_from_down, 20)};
    counters.ports = {{1, 0, Cycles{40}, Cycles{72}, Cycles{0}, {}}};
    counters.times = {{kInput, Cycles{12}, Cycles{0}, Cycles{0}, 0}, {kConv, Cycles{100}, Cycles{6}, Cycles{4}, 100}};
    counters.cycles = Cycles{112};
    counters.outputs = 48;
    return counters;
}

}  // namespace plumbline::test
