// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/records.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/io/yaml.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

const std::string kConv =
    R"({"kind": "best", "platform": "Tiny", "layer": "3", )"
    R"("equation": "O[b][k][oy][ox]+=W[k][c]*I[b][c][ix][oy]", "equation_relations": ["ix=2*ox+1*fx"], )"
    R"("loop_dim_size": {"B": 1, "K": 2, "C": 3, "OY": 4, "OX": 1, "FX": 1}, )"
    R"("operand_precision": {"O": 16, "O_final": 8, "W": 8, "I": 8}, )"
    R"("operand_link": {"O": "O", "W": "I2", "I": "I1"}, )"
    R"("levels": {"O": ["reg_o", "sram"], "I1": ["sram"], "I2": ["sram", "dram"]}, )"
    R"("spatial": {"O": [[], [["K", 2.0]], []], "W": [[["K", 2.0]], [], []], "I": [[["K", 2.0]], []]}, )"
    R"("temporal": {"O": [[["C", 3]], [["OY", 4]]], "W": [[["C", 3]], [["OY", 4]]], "I": [[["C", 3], ["OY", 4]]]}, )"
    R"("expect": {"mac_energy": 1, "mem_energy": 2.5, "energy": 3.5, )"
    R"("word_access": {"O": [[1, 2, 3, 4], [5, 6, 0, 0]], "W": [[7, 0, 0, 8], [9, 0, 0, 0]], )"
    R"("I": [[0.5, 0, 0, 0]]}, )"
    R"("energy_breakdown": {"O": [[1, 2, 3, 4], [5, 6, 0, 0]], )"
    R"("W": [[7, 0, 0, 8], [9, 0, 0, 0]], "I": [[1, 0, 0, 0]]}, )"
    R"("stall": 10, "loading": 11, "offloading": 12, "ideal_cycle": 13, "temporal_cycle": 14, )"
    R"("latency": [24, 35, 47]}, )"
    R"("searched": 6, "lpf": 8})";

const std::string kCopy =
    R"({"kind": "copy", "platform": "Tiny", "layer": "before 3", "actions": [)"
    R"({"bits": 640, "src": ["I1", 1, "dram"], "dst": ["I1", 0, "sram"], "energy": 12.5, "hops": [20]}, )"
    R"({"bits": 0, "src": ["O", 1, "sram"], "dst": ["I1", 0, "sram"], "energy": 0, "hops": []}], )"
    R"("expect": {"energy": 12.5, "latency": 20}})";

void expect_record_refused(const std::string& text, const std::string& field, const std::string& part)
{
    expect_input_error([&] { io::parse_record(text, "r.jsonl", 7, tiny_accelerator()); }, {"r.jsonl", 7, field}, part);
}

TEST(Records, GiveALayerAndItsMapping)
{
    const auto record = std::get<io::MappingRecord>(io::parse_record(kConv, "r.jsonl", 1, tiny_accelerator()));
    EXPECT_EQ(record.kind, io::RecordKind::best);
    EXPECT_EQ(record.name, "3");
    EXPECT_EQ(record.platform, "Tiny");
    EXPECT_EQ(record.searched, 6);
    EXPECT_EQ(record.factors, 8);
    EXPECT_EQ(record.layer.id, 3);
    EXPECT_EQ(record.layer.sizes[LoopDim::c], 3);
    EXPECT_TRUE(record.layer.inputs[0].constant);
    EXPECT_FALSE(record.layer.inputs[1].constant);
    EXPECT_EQ(record.layer.inputs[1].sliding, (std::vector<SlidingAxis>{{"IX", LoopDim::ox, 2, LoopDim::fx, 1}}));
    ASSERT_EQ(record.mapping.operands.size(), 3U);
    EXPECT_EQ(
        record.mapping.operands[1],
        (OperandMapping{
            "W", MemoryOperand::i2, {1, 2}, {{{LoopDim::c, 3}}, {{LoopDim::oy, 4}}}, {{{LoopDim::k, 2.0}}, {}, {}}}));
}

TEST(Records, GiveWhatIsExpected)
{
    const auto record = std::get<io::MappingRecord>(io::parse_record(kConv, "r.jsonl", 1, tiny_accelerator()));
    ASSERT_TRUE(record.expect.has_value());
    EXPECT_EQ(record.expect->memory_energy, Picojoules{2.5});
    ASSERT_EQ(record.expect->operands.size(), 3U);
    EXPECT_EQ(record.expect->operands[1].operand, "W");
    EXPECT_EQ(record.expect->operands[1].accesses[0][Direction::write_from_up], Accesses{8});
    EXPECT_EQ(record.expect->operands[0].accesses[0][Direction::read_up], Accesses{3});
    EXPECT_EQ(record.expect->operands[2].accesses[0][Direction::read_down], Accesses{0.5});
    EXPECT_EQ(record.expect->latency[2], Cycles{47});
    const std::string without = edited(kConv, "\"expect\"", "\"other\"");
    EXPECT_FALSE(std::get<io::MappingRecord>(io::parse_record(without, "r", 1, tiny_accelerator())).expect);
}

TEST(Records, GiveCopies)
{
    const auto record = std::get<io::CopyRecord>(io::parse_record(kCopy, "r.jsonl", 1, tiny_accelerator()));
    ASSERT_EQ(record.transfers.size(), 2U);
    EXPECT_EQ(record.transfers[0].amount, Bits{640});
    EXPECT_EQ(record.transfers[0].from, (Place{MemoryOperand::i1, 2}));
    EXPECT_EQ(record.transfers[1].from, (Place{MemoryOperand::o, 1}));
    EXPECT_EQ(record.expect->transfers[0].hops, (std::vector<Cycles>{Cycles{20}}));
    EXPECT_EQ(record.expect->latency, Cycles{20});
}

TEST(Records, TreatBothInputsOfAnAdditionAsActivations)
{
    const std::string sum =
        R"({"kind": "mapping", "platform": "Tiny", "layer": "4", )"
        R"("equation": "O[b][g][oy][ox]=X[b][g][oy][ox]+Y[b][g][oy][ox]", "equation_relations": [], )"
        R"("loop_dim_size": {"B": 1, "G": 2}, "operand_precision": {"O": 16, "O_final": 8, "X": 8, "Y": 8}, )"
        R"("operand_link": {"O": "O", "X": "I1", "Y": "I2"}, "levels": )"
        R"({"O": ["reg_o"], "I1": ["sram"], "I2": ["sram"]}, )"
        R"("spatial": {"O": [[], [["G", 2]]], "X": [[["G", 2]], []], "Y": [[["G", 2]], []]}, )"
        R"("temporal": {"O": [[]], "X": [[]], "Y": [[]]}})";
    const auto record = std::get<io::MappingRecord>(io::parse_record(sum, "r.jsonl", 1, tiny_accelerator()));
    EXPECT_EQ(record.mapping.operands[1].memory_operand, MemoryOperand::i1);
    EXPECT_EQ(record.mapping.operands[2].memory_operand, MemoryOperand::i1);
    EXPECT_FALSE(record.layer.inputs[1].constant);
    EXPECT_EQ(record.layer.operation, Operation::addition);
}

TEST(Records, TellOperatorsApartByTheirWeights)
{
    const auto operator_type = [](const std::string& text) {
        return std::get<io::MappingRecord>(io::parse_record(text, "r.jsonl", 1, tiny_accelerator()))
            .layer.operator_type;
    };
    EXPECT_EQ(operator_type(kConv), "Conv");
    EXPECT_EQ(operator_type(edited(kConv, "\"W\": 8", "\"W\": 0")), "Pooling");
    std::string depthwise = edited(kConv, "O[b][k][oy][ox]+=W[k][c]", "O[b][g][oy][ox]+=W[g]");
    for (std::size_t at = depthwise.find("\"K\""); at != std::string::npos; at = depthwise.find("\"K\""))
        depthwise[at + 1] = 'G';
    EXPECT_EQ(operator_type(depthwise), "DepthwiseConv");
}

TEST(Records, AreRefusedWithTheirLine)
{
    expect_record_refused(kConv.substr(0, 200), "", "not valid JSON");
    expect_record_refused(edited(kConv, "\"best\"", "\"worst\""), "kind", "mapping, best or copy");
    expect_record_refused(edited(kConv, "[\"reg_o\"", "[\"reg_x\""), "levels.O[0]", "did you mean 'reg_o'?");
    expect_record_refused(edited(kConv, "+=W", "W"), "equation", "cannot be understood");
    expect_record_refused(edited(kConv, "\"B\": 1", "\"B\": 0"), "loop_dim_size.B", "is 0");
    expect_record_refused(edited(kConv, "\"K\": 2,", "\"K\": 3,"), "", "the loops cover 2 of 3 iterations of K");
    expect_record_refused(edited(kConv, "[[1, 2, 3, 4], [5, 6, 0, 0]], \"W\"", "[[1, 2, 3, 4]], \"W\""),
                          "expect.word_access.O", "has 1 entries, expected 2");
    expect_record_refused(edited(kConv, "\"stall\": 10", "\"stall\": 1.5"), "expect.stall", "expected an integer");
    expect_record_refused(edited(kCopy, "[\"I1\", 1, \"dram\"]", "[\"I1\", 2, \"dram\"]"), "actions[0].src",
                          "not level 2 of I1");
    expect_record_refused(edited(kCopy, "640", "-640"), "actions[0].bits", "is -640");
    expect_record_refused(edited(kConv, "\"W\": 8", "\"W\": -8"), "operand_precision.W", "is -8");
    expect_record_refused(edited(kConv, "\"C\": 3", "\"C\": 4611686018427387904"), "loop_dim_size",
                          "at most 2^50 MACs");
    expect_record_refused(edited(kConv, "\"energy\": 3.5", "\"energy\": 1e300"), "expect.energy", "at most 1e30");
    expect_record_refused(edited(kConv, "\"stall\": 10", "\"stall\": 9223372036854775807"), "expect.stall",
                          "at most 2^53");
}

TEST(Records, OfTheReferenceFitTheAccelerator)
{
    const Accelerator accelerator =
        io::read_accelerator(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    std::size_t mappings = 0;
    std::size_t copies = 0;
    io::read_records(
        std::string{kReferenceFolder} + "/evaluations/Meta_prototype_DF__fsrcnn__m3_60x72_lpf6.jsonl.gz", accelerator,
        [&](const io::Record& record) { (std::holds_alternative<io::CopyRecord>(record) ? copies : mappings) += 1; });
    EXPECT_EQ(mappings, 72U + 140U);
    EXPECT_EQ(copies, 59U);
}

class RecordFile : public ::testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(path_); }

    std::vector<std::string> kinds() const
    {
        std::vector<std::string> found;
        io::read_records(path_, tiny_accelerator(), [&](const io::Record& record) {
            found.emplace_back(std::holds_alternative<io::CopyRecord>(record) ? "copy" : "mapping");
        });
        return found;
    }

    /// Of its own for each test, since they run at the same time.
    const std::string path_ = ::testing::TempDir() + "plumbline_" +
                              ::testing::UnitTest::GetInstance()->current_test_info()->name() + ".jsonl";
};

TEST_F(RecordFile, IsReadPlain)
{
    std::ofstream{path_} << kConv << "\n\n" << kCopy;
    EXPECT_EQ(kinds(), (std::vector<std::string>{"mapping", "copy"}));
}

TEST_F(RecordFile, IsReadCompressed)
{
    gzFile file = gzopen(path_.c_str(), "wb");
    const std::string both = kConv + '\n' + kCopy + '\n';
    for (int i = 0; i < 40; ++i) gzputs(file, both.c_str());
    gzclose(file);
    EXPECT_EQ(kinds().size(), 80U);
    std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
    EXPECT_THROW(kinds(), InputError);
}

TEST_F(RecordFile, IsRefusedWhereItIsWrong)
{
    std::ofstream{path_} << kCopy << "\n\n" << kCopy << "\n{\"kind\": 1}\n";
    expect_input_error([&] { kinds(); }, {path_, 4, "kind"}, "is 1, expected a text");
    std::filesystem::remove(path_);
    expect_input_error([&] { kinds(); }, {path_, 0, ""}, "cannot be opened");
}

}  // namespace
}  // namespace plumbline::test
