// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "imported.hpp"

namespace plumbline::validate {
namespace {

using namespace plumbline::test;
using enum MemoryOperand;
using enum Direction;
using sim::Activity;

constexpr MemoryId kSram = 1;
constexpr MemoryId kDram = 2;
constexpr Activity kBetween{Activity::Kind::copy, LayerId{1}};

class CsvImport : public testing::Test {
protected:
    RunRecord record(const std::string& text, double cycle_ns = 1) const { return file_.record(text, {{}, cycle_ns}); }
    void refused(const std::string& text, int line, const std::string& field, const std::string& part) const
    {
        file_.refused(text, line, field, part);
    }

private:
    ImportedFile file_{"others.csv"};
};

TEST_F(CsvImport, TakesWordsAsTheyAre)
{
    const RunRecord found = record("memory,operand,direction,words\nsram,I1,read_down,2.5\nsram,O,read_up,7\n");
    EXPECT_EQ(words(found, kSram, i1, read_down), 2.5);
    EXPECT_EQ(words(found, kSram, o, read_up), 7);
    EXPECT_EQ(words(found, kSram, i2, read_down), std::nullopt);
    EXPECT_FALSE(found.complete);
    EXPECT_EQ(found.source.kind, Source::Kind::file);
}

TEST_F(CsvImport, TurnsGranulesBitsAndBytesIntoWordsOfThePort)
{
    // 64 bits are 8 granules and 8 bytes of the sram's port; the dram's word is 32 bits.
    const std::string row = "\nsram,I1,read_down,16\n";
    const std::string head = "memory,operand,direction,";
    EXPECT_EQ(words(record(head + "granules" + row), kSram, i1, read_down), 2);
    EXPECT_EQ(words(record(head + "bits" + row), kSram, i1, read_down), 0.25);
    EXPECT_EQ(words(record(head + "bytes" + row), kSram, i1, read_down), 2);
    EXPECT_EQ(words(record(head + "bytes\ndram,W,read_down,16\n"), kDram, i2, read_down), 4);
}

TEST_F(CsvImport, ReadsLayersByNameOrNumberAndCopies)
{
    const RunRecord found = record(
        "layer,step,memory,operand,direction,words\n"
        "conv,,sram,I,read_down,1\n"
        "1,copy,sram,O,read_down,2\n"
        ",copy,dram,I,read_down,3\n");
    ASSERT_EQ(found.accesses.size(), 3U);
    for (const AccessEntry& entry : found.accesses) {
        const Activity expected = entry.words == Accesses{1} ? kConv : entry.words == Accesses{2} ? kBetween : kInput;
        EXPECT_EQ(entry.activity, expected);
    }
}

TEST_F(CsvImport, ReadsTimesOfTheRunOfStepsAndOfPhases)
{
    const RunRecord found = record(
        "layer,step,phase,time_cycles\n"
        ",,,112\n"
        "conv,,computing,90\n"
        "conv,,loading,6\n"
        "conv,,offloading,4\n"
        "pointwise,,,33\n"
        ",copy,,12\n");
    EXPECT_EQ(found.cycles, Cycles{112});
    const StepEntry* conv = step(found, kConv);
    ASSERT_NE(conv, nullptr);
    EXPECT_TRUE(conv->phased);
    EXPECT_EQ(conv->cycles, Cycles{100});
    EXPECT_EQ(conv->loading, Cycles{6});
    EXPECT_EQ(conv->name, "conv");
    const StepEntry* pointwise = step(found, {Activity::Kind::compute, LayerId{1}});
    ASSERT_NE(pointwise, nullptr);
    EXPECT_FALSE(pointwise->phased);
    EXPECT_EQ(pointwise->cycles, Cycles{33});
    EXPECT_EQ(step(found, kInput)->cycles, Cycles{12});
}

TEST_F(CsvImport, TurnsTimesIntoCyclesOfTheClock)
{
    // A cycle of 0.5 ns: 10 ns are 20 cycles, 10 ps a fiftieth (rounded away), 10 us are 20,000.
    EXPECT_EQ(record("layer,time_ns\n,10\n", 0.5).cycles, Cycles{20});
    EXPECT_EQ(record("layer,time_ps\n,10\n", 0.5).cycles, Cycles{0});
    EXPECT_EQ(record("layer,time_us\n,10\n", 0.5).cycles, Cycles{20000});
    EXPECT_EQ(record("layer,time_cycles\n,10\n", 0.5).cycles, Cycles{10});
}

TEST_F(CsvImport, KeepsTheTimeOfAccessesAndOfPortsApartFromSteps)
{
    const RunRecord found = record(
        "memory,port,operand,direction,bits,time_ns\n"
        "sram,,I1,read_down,64,5\n"
        "sram,r_port_1,,,,9\n");
    ASSERT_EQ(found.accesses.size(), 1U);
    EXPECT_EQ(found.accesses.front().time, Cycles{5});
    ASSERT_EQ(found.ports.size(), 1U);
    EXPECT_EQ(found.ports.front().busy, Cycles{9});
    EXPECT_TRUE(found.steps.empty());
    EXPECT_EQ(found.cycles, std::nullopt);
}

TEST_F(CsvImport, AddsUpRangesOfOneBorder)
{
    const RunRecord found = record(
        "range,memory,operand,direction,transactions,bytes,time_ns\n"
        "bank 0,sram,I1,read_down,2,16,30\n"
        "bank 1,sram,I1,read_down,1,8,15\n");
    EXPECT_EQ(words(found, kSram, i1, read_down), 3);
    EXPECT_EQ(found.accesses.front().time, Cycles{45});
}

TEST_F(CsvImport, ReadsTheEnergyOfTheRun) { EXPECT_EQ(record("energy_pj\n7159\n").energy, Picojoules{7159}); }

TEST_F(CsvImport, AddsUpFiles)
{
    const Folder folder;
    const std::string head = "memory,operand,direction,words\n";
    const RunRecord found = imported(
        {folder.add("a.csv", head + "sram,I1,read_down,1\n"), folder.add("b.csv", head + "sram,I1,read_down,2\n")});
    EXPECT_EQ(words(found, kSram, i1, read_down), 3);
}

TEST_F(CsvImport, RefusesMissingColumnsByName)
{
    refused("memory,operand,words\nsram,I1,1\n", 1, "direction", "the column is missing");
    refused("operand,direction,words\nI1,read_down,1\n", 1, "memory", "the column is missing");
    refused("memory,operand,direction\nsram,I1,read_down\n", 1, "", "no column says how much");
    refused("memory,operand,direction,time_ns\nsram,I1,read_down,1\n", 1, "", "a column of amounts is missing");
    refused("port,time_ns\nr_port_1,1\n", 1, "memory", "the column is missing");
}

TEST_F(CsvImport, RefusesUnknownColumns)
{
    refused("memory,operand,direction,word\nsram,I1,read_down,1\n", 1, "word", "is not a known column");
    refused("layer,time_days\nconv,1\n", 1, "time_days", "is not a known column");
}

TEST_F(CsvImport, RefusesMixedUnits)
{
    refused("memory,operand,direction,bits,bytes\nsram,I1,read_down,8,1\n", 1, "bytes",
            "mixes units with the column bits");
    refused("layer,time_ns,time_cycles\nconv,1,1\n", 1, "time_cycles", "mixes units with the column time_ns");
}

TEST_F(CsvImport, RefusesNegativeNumbersAndWhatIsNone)
{
    refused("layer,time_ns\nconv,-5\n", 2, "time_ns", "is -5, expected at least 0");
    refused("memory,operand,direction,words\nsram,I1,read_down,-1\n", 2, "words", "expected at least 0");
    refused("layer,time_ns\nconv,5ns\n", 2, "time_ns", "'5ns' is not a number");
    refused("layer,time_ns\nconv,inf\n", 2, "time_ns", "'inf' is not a number");
    refused("layer,time_ns\nconv,\n", 2, "time_ns", "is empty");
}

TEST_F(CsvImport, RefusesUnknownNamesAndListsTheKnown)
{
    const std::string head = "layer,memory,operand,direction,words\n";
    refused(head + "\n# a comment\nconv,scratchpad,I1,read_down,1\n", 4, "memory",
            "'scratchpad' is unknown in tiny, expected one of reg_o, sram, dram");
    refused(head + "conv,sram,X,read_down,1\n", 2, "operand", "'X' is unknown");
    refused(head + "conv,sram,I1,down,1\n", 2, "direction", "'down' is unknown");
    refused(head + "relu,sram,I1,read_down,1\n", 2, "layer", "expected one of conv, pointwise");
    refused("layer,step,time_ns\nconv,wait,1\n", 2, "step", "expected compute or copy");
    refused("layer,phase,time_ns\nconv,stall,1\n", 2, "phase", "'stall' is unknown");
    refused("memory,port,time_ns\nsram,r_port_9,1\n", 2, "port", "did you mean 'r_port_1'?");
}

TEST_F(CsvImport, RefusesABorderWithoutAPort)
{
    refused("memory,operand,direction,words\nreg_o,I1,read_down,1\n", 2, "memory",
            "reg_o has no port for I1 read_down");
}

TEST_F(CsvImport, RefusesDuplicateRowsUnderAnyName)
{
    refused("layer,memory,operand,direction,words\nconv,sram,I1,read_down,1\n0,sram,I,read_down,2\n", 3, "",
            "says again what line 2 said");
}

TEST_F(CsvImport, RefusesWhatContradictsItself)
{
    refused("layer,memory,operand,direction,words\n,sram,I1,read_down,1\nconv,sram,I1,read_down,2\n", 3, "layer",
            "accesses of the whole run stand beside those of layers");
    refused("layer,phase,time_ns\nconv,total,1\nconv,loading,2\n", 3, "phase", "a total stands beside single phases");
    refused("layer,phase,time_ns\nconv,loading,2\n", 0, "phase", "without computing");
    refused("layer,phase,time_ns\n,loading,2\n", 2, "phase", "is of the whole run");
    refused("layer,step,time_ns\n,compute,2\n", 2, "layer", "expected the layer that was computed");
    refused("layer,energy_pj\nconv,2\n", 2, "energy_pj", "is of a step");
}

TEST_F(CsvImport, RefusesCellsThatMeanNothingWhereTheyStand)
{
    refused("phase,memory,operand,direction,words,time_ns\nloading,sram,I1,read_down,1,1\n", 2, "phase",
            "has no meaning in a row of accesses");
    refused("layer,memory,operand,direction,words,time_ns\nconv,,I1,,,1\n", 2, "operand",
            "has no meaning in a row of times");
    refused("memory,operand,direction,words\n,,,\n", 2, "", "says neither a memory nor a time");
}

TEST_F(CsvImport, RefusesMalformedRows)
{
    refused("layer,time_ns\nconv,1\npointwise\n", 3, "", "has 1 cells, expected 2");
    refused("layer,time_ns\n\"conv,1\n", 2, "", "a quote that is not closed");
    refused("", 1, "", "is empty");
    refused("layer,time_ns\n", 1, "", "has a header, but no rows");
}

TEST(Import, RefusesFilesOfUnknownKinds)
{
    ImportedFile{"run.txt"}.refused("conv 5", 0, "", "expected .csv, .json or .vcd");
    ImportedFile{"run.json"}.refused("{}", 0, "", "is no JSON of a known kind");
}

TEST(Import, RefusesFilesThatAreNotThere)
{
    EXPECT_THROW(imported({"/nowhere/run.csv"}), InputError);
    EXPECT_THROW(imported({"/nowhere/run.json"}), InputError);
}

TEST(Import, RefusesATimeOfTheRunFromTwoFiles)
{
    const Folder folder;
    const std::string first = folder.add("a.csv", "time_ns\n5\n");
    const std::string second = folder.add("b.csv", "time_ns\n6\n");
    expect_input_error([&] { imported({first, second}); }, SourceLocation{second, 2, "time"}, "stated twice");
}

TEST_F(CsvImport, RefusesSumsThatNoRunComesTo)
{
    // 2^53 cycles are the most that a double tells apart.
    refused("layer,time_cycles\n,9223372036854775808\n", 2, "time", "expected at most 2^53");
    refused("layer,time_cycles\nconv,1e300\n", 2, "time", "comes to 1e+300 cycles, expected at most 2^53");
    EXPECT_EQ(record("layer,time_cycles\n,9007199254740992\n").cycles, Cycles{std::int64_t{1} << 53});
}

}  // namespace
}  // namespace plumbline::validate
