// SPDX-License-Identifier: Apache-2.0
// Changes of blocks on links and times of loops made by hand.
//
// A visit has 100 iterations in passes of 10, a cycle each. Position 1 stands for a pass, position 2 for a visit.
#pragma once

#include <gtest/gtest.h>

#include "cost/refined/block_stall.hpp"

namespace plumbline::detail::refined {

inline constexpr int kPorts = 4;
inline constexpr double kPass = 10;
inline constexpr double kVisit = 100;

inline PortTransfer through(int below, int above, double slots) { return {{{{below, slots}, {above, slots}}}, 0}; }

class BlockChanges : public ::testing::Test {
protected:
    BlockChanges()
    {
        times[0].cycles = 1;
        times[1].cycles = kPass;
        times[2].cycles = kVisit;
        for (LoopTime& time : times) {
            time.busy.fill(0);
            time.critical.fill(0);
        }
    }

    BlockLink& add(std::size_t operand, const PortTransfer& fill)
    {
        BlockLink& link = links.add();
        link = {};
        link.operand = operand;
        link.level = links.count - 1 - links.begin[operand];
        link.output = operand == 0;
        link.advance = 2;
        link.pass = 1;
        link.fill = link.drain_partial = link.drain_final = fill;
        for (std::size_t i = operand + 1; i < links.begin.size(); ++i) links.begin[i] = links.count;
        return link;
    }
    BlockLink& add_single(std::size_t operand, const PortTransfer& fill)
    {
        BlockLink& link = add(operand, fill);
        link.one_block = link.late = true;
        return link;
    }

    double stall(SumsThat sums = {false, true})
    {
        change_blocks(change, links, times.data(), kPorts, 2, sums);
        return change.stall;
    }

    BlockLinks links;
    std::array<LoopTime, 3> times;
    LoopTime first{};  ///< an iteration that begins a sum, where there is one
    BlockChange change;
};

}  // namespace plumbline::detail::refined
