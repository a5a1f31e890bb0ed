// SPDX-License-Identifier: Apache-2.0
// A run made up by hand, as the file that it becomes.
#include "plumbline/sim/observations.hpp"

#include <gtest/gtest.h>

#include "model/tiny.hpp"

namespace plumbline::sim {
namespace {

const Activity kInput{Activity::Kind::copy, std::nullopt};
const Activity kConvolution{Activity::Kind::compute, LayerId{0}};

Counters counters()
{
    // Half a word is read from the sram, at 2 pJ a word; a MAC costs 0.04 pJ.
    Counters counters;
    counters.traffic = {
        {kConvolution, 1, MemoryOperand::i1, Direction::read_down, 4, Accesses{0.5}, Bits{32}},
    };
    counters.times = {{kInput, Cycles{7}, {}, {}, 0}, {kConvolution, Cycles{20}, Cycles{3}, Cycles{2}, 25}};
    counters.cycles = Cycles{27};
    return counters;
}

TEST(Observations, AreTimesWordsAndEnergy)
{
    EXPECT_EQ(observations(test::tiny_accelerator(), test::tiny_workload(), counters()),
              "layer,step,memory,operand,direction,words,phase,time_cycles,energy_pj\n"
              "conv,,sram,I1,read_down,0.5,,,\n"
              ",copy,,,,,,7,\n"
              "conv,,,,,,loading,3,\n"
              "conv,,,,,,computing,15,\n"
              "conv,,,,,,offloading,2,\n"
              ",,,,,,,27,2\n");
}

TEST(Observations, MayBeTimesAlone)
{
    EXPECT_EQ(observations(test::tiny_accelerator(), test::tiny_workload(), counters(), Observed::times),
              "layer,step,phase,time_cycles\n"
              ",copy,,7\n"
              "conv,,loading,3\n"
              "conv,,computing,15\n"
              "conv,,offloading,2\n"
              ",,,27\n");
}

TEST(Observations, QuoteNamesThatWouldBeSeveralFields)
{
    Layer layer = test::conv3x3();
    layer.name = R"(a "b", c)";
    Counters one;
    one.times = {{kConvolution, Cycles{1}, {}, {}, 0}};
    const std::string text = observations(test::tiny_accelerator(), Workload{"odd", {layer}}, one, Observed::times);
    EXPECT_NE(text.find(R"("a ""b"", c",,computing,1)"), std::string::npos) << text;
}

}  // namespace
}  // namespace plumbline::sim
