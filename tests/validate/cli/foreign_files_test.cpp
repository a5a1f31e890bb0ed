// SPDX-License-Identifier: Apache-2.0
// Networks and mapping rules as others write them (ZigZag v3's standard forms), from the file to the machine. Right numbers
// are counted by hand: a word of off-chip memory has 64 bits, features and weights have 8.
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "folder.hpp"

namespace plumbline {
namespace {

using namespace plumbline::test;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// 4 x 4 MACs; weights have a buffer of their own, activations and outputs share one.
constexpr const char* kMachine = R"(
name: small
memories:
  reg_o:
    size: 16
    r_cost: 0.1
    w_cost: 0.1
    area: 0
    latency: 1
    operands: [O]
    ports:
    - {name: r1, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, tl']}
    - {name: r2, type: read, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, th']}
    - {name: w1, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, fh']}
    - {name: w2, type: write, bandwidth_min: 16, bandwidth_max: 16, allocation: ['O, fl']}
    served_dimensions: [D2]
  buf_w:
    size: 65536
    r_cost: 5
    w_cost: 5
    area: 0
    latency: 1
    operands: [I2]
    ports:
    - {name: r, type: read, bandwidth_min: 8, bandwidth_max: 128, allocation: ['I2, tl']}
    - {name: w, type: write, bandwidth_min: 8, bandwidth_max: 128, allocation: ['I2, fh']}
    served_dimensions: [D1, D2]
  act:
    size: 65536
    r_cost: 10
    w_cost: 10
    area: 0
    latency: 1
    operands: [I1, O]
    ports:
    - {name: r, type: read, bandwidth_min: 8, bandwidth_max: 64, allocation: ['I1, tl', 'O, tl', 'O, th']}
    - {name: w, type: write, bandwidth_min: 8, bandwidth_max: 64, allocation: ['I1, fh', 'O, fh', 'O, fl']}
    served_dimensions: [D1, D2]
  dram:
    size: 10000000000
    r_cost: 700
    w_cost: 750
    area: 0
    latency: 1
    operands: [I1, I2, O]
    ports:
    - name: rw
      type: read_write
      bandwidth_min: 8
      bandwidth_max: 64
      allocation: ['I1, tl', 'I2, tl', 'O, tl', 'O, th', 'I1, fh', 'I2, fh', 'O, fh', 'O, fl']
    served_dimensions: [D1, D2]
operational_array:
  unit_energy: 1.0
  unit_area: 1
  dimensions: [D1, D2]
  sizes: [4, 4]
)";

constexpr const char* kRules = R"(
- name: default
  spatial_mapping: {D1: ['K, 4'], D2: ['C, 4']}
  memory_operand_links: {O: O, W: I2, I: I1}
- name: Add
  spatial_mapping: {D1: ['G, 4']}
  memory_operand_links: {O: O, W: I2, I: I1}
- name: Sum
  spatial_mapping: {D1: ['G, 4']}
  memory_operand_links: {O: O, X: I1, Y: I1}
)";

/// A convolution of 4 into 4 channels on a map of `size` x `size` pixels.
std::string conv(int id, int source, int size = 4, int window = 1, const std::string& more = {})
{
    const auto text = [](int number) { return std::to_string(number); };
    return "- id: " + text(id) + R"(
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 4, 4, )" +
           text(size) + ", " + text(size) + ", " + text(window) + ", " + text(window) + R"(]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {I: )" +
           text(source) + ", W: " + text(id) + "}\n" + more;
}

/// Of two maps of 4 x 4 pixels in 4 channels. \param names of its operands
std::string add(int id, const std::string& name, const std::string& names, int first, int second)
{
    const std::string a = names.substr(0, 1);
    const std::string b = names.substr(1, 1);
    return "- id: " + std::to_string(id) + "\n  name: " + name +
           "\n  operator_type: Add\n  equation: O[b][g][oy][ox]=" + a + "[b][g][oy][ox]+" + b + R"([b][g][oy][ox]
  loop_dims: [B, G, OY, OX]
  loop_sizes: [1, 4, 4, 4]
  operand_precision: {)" +
           a + ": 8, " + b + R"(: 8, O: 16, O_final: 8}
  operand_source: {)" +
           a + ": " + std::to_string(first) + ", " + b + ": " + std::to_string(second) + "}\n";
}

class ForeignFiles : public testing::Test {
protected:
    CommandResult on(const std::string& command, const std::string& network, std::vector<std::string> more)
    {
        std::vector<std::string> arguments{command,
                                           "--accelerator",
                                           folder.add("hw.yaml", kMachine),
                                           "--mapping",
                                           folder.add("map.yaml", rules),
                                           "--workload",
                                           folder.add("net.yaml", network)};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return plumbline(std::move(arguments));
    }

    json evaluated(const std::string& network, std::vector<std::string> more)
    {
        more.insert(more.end(), {"--format", "json"});
        const CommandResult result = on("evaluate", network, std::move(more));
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return json::parse(result.out, nullptr, false);
    }

    Folder folder;
    std::string rules = kRules;
};

// --- inputs that different memory operands hold -------------------------------------------------------------------------

const std::string kResidual = conv(0, 0) + conv(1, 0) + add(2, "Add", "WI", 0, 1);

TEST_F(ForeignFiles, AddMapsThatDifferentMemoryOperandsHold)
{
    for (const char* cuts : {"none", "each"}) {
        const json report = evaluated(kResidual, {"--tile", "4x4", "--cuts", cuts});
        EXPECT_EQ(report["macs"], 2 * 4 * 4 * 16 + 4 * 16) << cuts;
    }
}

TEST_F(ForeignFiles, MoveAMapToTheMemoryThatServesItsOperand)
{
    // buf_w and act meet in dram alone: the output of layer 0 (64 bytes, 8 words) goes up and comes down again. Beside that,
    // 8 words of input, 2 * 2 words of weights and 8 words of output cross the border of the chip.
    const std::vector<std::string> flags{"--tile",      "4x4",     "--cuts",   "none",
                                         "--estimator", "refined", "--format", "json"};
    const CommandResult result = on("validate", kResidual, flags);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    double read = 0;
    double written = 0;
    const json report = json::parse(result.out);
    for (const json& row : report["rows"]) {
        if (row["memory"] != "dram") continue;
        (row["direction"] == "read_down" ? read : written) += row["simulated"].get<double>();
        EXPECT_EQ(row["predicted"], row["simulated"]) << row;
    }
    EXPECT_EQ(read, 8 + 2 * 2 + 8);
    EXPECT_EQ(written, 8 + 8);
}

TEST_F(ForeignFiles, ComputeWithMapsThatDifferentMemoryOperandsHold)
{
    const CommandResult result = on("simulate", kResidual, {"--tile", "2x2", "--cuts", "none", "--functional"});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

// --- several inputs and outputs -----------------------------------------------------------------------------------------

TEST_F(ForeignFiles, CountEachInputOfANetwork)
{
    // Each of 64 bytes: 8 words of 700 pJ read off chip and of 10 pJ written to act, which an addition of one and the same
    // map would save: 12,073.6 pJ then.
    const json report =
        evaluated(add(0, "Sum", "XY", 0, 0), {"--tile", "4x4", "--cuts", "none", "--estimator", "refined"});
    EXPECT_NEAR(report["energy_pj"], 12073.6 + 8 * 700 + 8 * 10, 1e-6);
}

TEST_F(ForeignFiles, ComputeSiameseNetworks)
{
    const std::string network = conv(0, 0, 4, 3) + conv(1, 1, 4) + add(2, "Sum", "XY", 0, 1);
    const json report = evaluated(network, {"--tile", "4x4", "--cuts", "none"});
    EXPECT_EQ(report["macs"], 16 * 16 * 9 + 16 * 16 + 64);
    const CommandResult computed = on("simulate", network, {"--tile", "2x2", "--cuts", "none", "--functional"});
    EXPECT_EQ(computed.exit_code, 0) << computed.out << computed.err;
}

TEST_F(ForeignFiles, GiveEachOutputAStack)
{
    const std::string heads = conv(0, 0) + conv(1, 0) + conv(2, 0);
    for (const char* cuts : {"each", "auto"})
        EXPECT_EQ(evaluated(heads, {"--tile", "4x4", "--cuts", cuts})["macs"], 3 * 256) << cuts;
    EXPECT_EQ(evaluated(conv(0, 0) + conv(1, 1) + conv(2, 2), {"--tile", "4x4"})["macs"], 3 * 256)
        << "a list of layers";
    EXPECT_EQ(on("simulate", heads, {"--tile", "4x4", "--cuts", "each"}).exit_code, 0);
}

TEST_F(ForeignFiles, SayThatAStackHasOneOutput)
{
    const CommandResult result =
        on("evaluate", conv(0, 0) + conv(1, 0) + conv(2, 0), {"--tile", "4x4", "--cuts", "none"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("the network has 2 outputs (\"1\", \"2\"), expected one for each stack"));
}

// --- what a file says, and what is computed -----------------------------------------------------------------------------

TEST_F(ForeignFiles, SayWhichLayersAreComputedInAnotherSize)
{
    const std::vector<std::string> flags{"--tile", "4x4", "--cuts", "none"};
    EXPECT_THAT(
        on("evaluate", conv(0, 0, 100) + conv(1, 0, 4, 3), flags).err,
        HasSubstr("net.yaml: sizes follow from what later layers read, without padding: layer '0' is computed on 6x6, "
                  "not 100x100\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0, 4, 3) + conv(1, 0, 4, 3), flags).err,
                HasSubstr("layer '0' is computed on 6x6, not 4x4\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0, 6) + conv(1, 0, 4, 3), flags).err, IsEmpty());
}

constexpr const char* kPadding = "  pr_loop_dims: [IY, IX]\n  padding: [[1, 1], [1, 1]]\n";

/// Two convolutions of 3x3 on 4x4 pixels: 4 * 4 * 4 * 4 * 9 MACs each. The input comes from off chip once, 4 * 4 * 4 bytes.
TEST_F(ForeignFiles, FetchAndComputeNoPadding)
{
    const CommandResult result = on("evaluate", conv(0, 0, 4, 3, kPadding) + conv(1, 0, 4, 3, kPadding),
                                    {"--tile", "4x4", "--cuts", "none", "--format", "json"});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.err, IsEmpty());
    EXPECT_THAT(result.out, HasSubstr("\"macs\": 4608"));
}

/// Channels of a map of 4 and of one of 4, each padded with the other's.
constexpr const char* kConcatenation = R"(- id: 2
  operator_type: Concat
  equation: O[b][g][oy][ox]=W[b][gw][oy][ox]+I[b][gi][oy][ox]
  dimension_relations: [gw=1*g+1*fx, gi=1*g+1*fx]
  loop_dims: [B, G, OY, OX, FX]
  loop_sizes: [1, 8, 4, 4, 1]
  pr_loop_dims: [GW, GI]
  pr_loop_sizes: [4, 4]
  padding: [[0, 4], [4, 0]]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 0, I: 1}
)";

/// Both maps are read once, 4 * 4 * 4 bytes each, and 8 * 4 * 4 bytes are written.
TEST_F(ForeignFiles, LayChannelsOfMapsBesideEachOther)
{
    const std::string network = conv(0, 0, 4, 3, kPadding) + conv(1, 0, 4, 3, kPadding) + kConcatenation;
    const std::vector<std::string> flags{"--tile", "2x3", "--cuts", "none", "--format", "json"};
    const CommandResult predicted = on("evaluate", network, flags);
    EXPECT_EQ(predicted.exit_code, 0) << predicted.err;
    std::vector<std::string> functional = flags;
    functional.push_back("--functional");
    const CommandResult result = on("simulate", network, functional);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(json::parse(result.out)["functional"]["equal"]);
    const json report =
        json::parse(on("evaluate", network, {"--tile", "4x4", "--cuts", "each", "--format", "json"}).out);
    const json& layer = report["layers"].back();
    double read = 0;
    for (const json& memory : layer["memories"])
        if (memory["operand"] != "O" && memory["memory"] == "dram") read += memory["read_down"].get<double>();
    EXPECT_LE(read, 2 * 8);  // words of 64 bits; less where a copy has brought a map
}

/// A convolution of 2x2 over rows 1 to 3 and columns 0 to 2 of a map of 4 x 4 pixels, then a copy of channels 1 and 2.
constexpr const char* kParts = R"(- id: 1
  operator_type: Conv
  equation: O[b][k][oy][ox]+=W[k][c][fy][fx]*I[b][c][iy][ix]
  dimension_relations: [ix=1*ox+1*fx, iy=1*oy+1*fy]
  loop_dims: [B, K, C, OY, OX, FY, FX]
  loop_sizes: [1, 4, 4, 2, 2, 2, 2]
  pr_loop_dims: [IY, IX]
  pr_loop_sizes: [4, 4]
  padding: [[-1, 0], [0, -1]]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 1, I: 0}
- id: 2
  operator_type: Concat
  equation: O[b][g][oy][ox]=I[b][gi][oy][ox]
  dimension_relations: [gi=1*g+1*fx]
  loop_dims: [B, G, OY, OX, FX]
  loop_sizes: [1, 2, 2, 2, 1]
  pr_loop_dims: [GI]
  pr_loop_sizes: [4]
  padding: [[-1, -1]]
  operand_precision: {I: 8, O: 8, O_final: 8}
  operand_source: {I: 1}
)";

/// A process simulates once.
class PartsOfMaps : public ForeignFiles, public ::testing::WithParamInterface<std::tuple<std::string, std::string>> {};

TEST_P(PartsOfMaps, AreRead)
{
    const auto& [cuts, mode] = GetParam();
    const std::string network = conv(0, 0, 4, 3, kPadding) + kParts;
    const CommandResult result =
        on("simulate", network, {"--tile", "1x1", "--cuts", cuts, "--mode", mode, "--functional", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_TRUE(json::parse(result.out)["functional"]["equal"]);
}

INSTANTIATE_TEST_SUITE_P(All, PartsOfMaps,
                         ::testing::Combine(::testing::Values("none", "each"),
                                            ::testing::Values("fully-recompute", "h-cached", "fully-cached")));

TEST_F(ForeignFiles, SayHowLargeMapsOfPartsAre)
{
    const std::string first = conv(0, 0, 4, 3, kPadding);
    const std::vector<std::string> flags{"--tile", "1x1"};
    const std::string sizes = "  pr_loop_sizes: [4, 4]\n";
    std::string without = kParts;
    without.erase(without.find(sizes), sizes.size());
    EXPECT_THAT(on("evaluate", first + without, flags).err,
                HasSubstr("is -1, expected zero or more (at most 2^31), as there are no pr_loop_sizes"));
    EXPECT_THAT(on("evaluate", first + replaced(kParts, "pr_loop_sizes: [4]", "pr_loop_sizes: [5]"), flags).err,
                HasSubstr("layer '2' says 5 along GI, but its source, layer '1', makes 4"));
    EXPECT_THAT(on("evaluate", first + replaced(kParts, "[[-1, -1]]", "[[-1, -2]]"), flags).err,
                HasSubstr("layer '2' reads 5 along GI beside its padding, but the map has 4"));
}

TEST_F(ForeignFiles, RefuseMapsThatAreSmallerThanWhatIsRead)
{
    const CommandResult result = on("evaluate", conv(0, 0, 4, 3) + conv(1, 0, 4, 3, kPadding), {"--tile", "4x4"});
    EXPECT_EQ(result.exit_code, 0) << result.err;  // of the network's input nobody says how large it is
    const CommandResult smaller = on("evaluate", conv(0, 0, 3, 3) + conv(1, 0, 4, 3, kPadding), {"--tile", "3x3"});
    EXPECT_EQ(smaller.exit_code, 2);
    EXPECT_THAT(smaller.err, HasSubstr("layer '1' reads 4 along IY beside its padding, but the map has 3"));
}

TEST_F(ForeignFiles, SayWhatLayersReadThatTheirSourceDoesNotMake)
{
    const std::vector<std::string> flags{"--tile", "4x4", "--cuts", "none"};
    const std::string second = conv(1, 0);
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "[1, 4, 4,", "[1, 4, 8,"), flags).err,
                HasSubstr("net.yaml: layer '1' reads 8 channels as I, but layer '0' makes 4\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "[1, 4, 4,", "[2, 4, 4,"), flags).err,
                HasSubstr("layer '1' reads 2 batches as I, but layer '0' makes 1\n"));
    EXPECT_THAT(on("evaluate", conv(0, 0) + replaced(second, "I: 8", "I: 16"), flags).err,
                HasSubstr("layer '1' reads 16 bits per feature as I, but layer '0' makes 8\n"));
}

TEST_F(ForeignFiles, RefuseAProductOfMapsThatDoNotLieOnEachOther)
{
    // The scores of an attention head: every pixel of one map with every pixel of the other.
    const std::string scores = R"(
- id: 2
  name: scores
  operator_type: MatMul
  equation: O[b][k][ox]+=W[b][c][k]*I[b][c][ox]
  loop_dims: [B, K, C, OX]
  loop_sizes: [1, 4, 4, 4]
  operand_precision: {W: 8, I: 8, O: 16, O_final: 8}
  operand_source: {W: 1, I: 0}
)";
    const CommandResult result = on("evaluate", conv(0, 0) + conv(1, 0) + scores, {"--tile", "4x1"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("W of layer 'scores' reads layer '1' by other dimensions: OX"));
}

// --- ZigZag v3's own product --------------------------------------------------------------------------------------------

/// gemm_l1 of ZigZag 3.8.5: 8 x 8 x 8 MACs, sums of 32 bits in a register for each 8 MACs of D2, all else in l1.
constexpr const char* kGemmMachine = R"(
name: gemm_l1
memories:
  reg_O:
    size: 32
    r_cost: 0.02
    w_cost: 0.02
    area: 0
    latency: 1
    auto_cost_extraction: False
    operands: [O]
    ports:
    - {name: w_port_1, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fh']}
    - {name: r_port_1, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, tl']}
    - {name: w_port_2, type: write, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, fl']}
    - {name: r_port_2, type: read, bandwidth_min: 32, bandwidth_max: 32, allocation: ['O, th']}
    served_dimensions: [D2]
  l1:
    size: 4194304
    r_cost: 22.9
    w_cost: 52.01
    area: 0
    latency: 1
    operands: [I1, I2, O]
    ports:
    - {name: rw_port_1, type: read_write, bandwidth_min: 64, bandwidth_max: 512, allocation: ['I1, tl']}
    - {name: rw_port_2, type: read_write, bandwidth_min: 64, bandwidth_max: 512, allocation: ['I2, tl']}
    - {name: rw_port_3, type: read_write, bandwidth_min: 64, bandwidth_max: 2048, allocation: ['O, tl', 'O, fl']}
    served_dimensions: [D1, D2, D3]
operational_array:
  input_precision: [8, 8]
  unit_energy: 0.04
  unit_area: 1
  dimensions: [D1, D2, D3]
  sizes: [8, 8, 8]
)";

constexpr const char* kGemmRules = R"(
- name: default
  spatial_mapping: {D1: ['D0, 8'], D2: ['D2, 8'], D3: ['D1, 8']}
  temporal_ordering:
  - [D1, "*"]
  - [D2, "*"]
  - [D0, "*"]
  memory_operand_links: {O: O, W: I2, I: I1}
)";

constexpr const char* kGemm = R"(
- id: 0
  operator_type: Gemm
  equation: O[d0][d1]+=I[d0][d2]*W[d2][d1]
  dimension_relations: []
  loop_dims: [D0, D1, D2]
  loop_sizes: [128, 128, 128]
  operand_precision: {W: 8, I: 8, O: 32, O_final: 8}
  operand_source: {I: 0, W: 0}
)";

TEST_F(ForeignFiles, KeepTheOrderOfTemporalLoops)
{
    // 16 * 16 * 16 iterations, D1 (K) innermost. W and O change in each of them, I in every 16th, and stays at the MACs until
    // then. Each is one word of l1: 4096 + 256 + 4096 reads and 4096 writes. 64 registers are written by the MACs and by l1,
    // and read for both. ZigZag states the same energy and latency in tests/main/test_origin/test_gemm_l1.py.
    const double l1 = (4096 + 256 + 4096) * 22.9 + 4096 * 52.01;
    const double registers = 4096 * 64 * 4 * 0.02;
    const double macs = 128 * 128 * 128 * 0.04;
    const std::string machine = folder.add("gemm_l1.yaml", kGemmMachine);
    const auto report_of = [&](const std::string& hardware, const std::string& mapping) {
        const CommandResult result = plumbline({"evaluate", "--accelerator", hardware, "--mapping", mapping,
                                                "--workload", folder.add("gemm.yaml", kGemm), "--tile", "128x1",
                                                "--cuts", "each", "--estimator", "uniform", "--format", "json"});
        EXPECT_EQ(result.exit_code, 0) << result.err;
        return json::parse(result.out, nullptr, false);
    };
    const std::string ordered = folder.add("gemm_map.yaml", kGemmRules);
    const json report = report_of(machine, ordered);
    EXPECT_NEAR(report["energy_pj"], l1 + registers + macs, 1e-6);
    EXPECT_NEAR(report["energy_pj"], 511349.76, 1e-6);
    EXPECT_EQ(report["latency_cycles"], 8191);

    const std::string rereads =
        replaced(kGemmMachine, "operational_array:", "operational_array:\n  rereads_inputs: true");
    EXPECT_NEAR(report_of(folder.add("rereads.yaml", rereads), ordered)["energy_pj"], 511349.76 + (4096 - 256) * 22.9,
                1e-6)
        << "as DeFiNES has it";
    const std::string free = replaced(kGemmRules, "  - [D1, \"*\"]\n  - [D2, \"*\"]\n  - [D0, \"*\"]\n", "");
    EXPECT_LT(
        report_of(machine,
                  folder.add("free.yaml", replaced(free, "temporal_ordering:", "temporal_ordering: []")))["energy_pj"],
        300000)
        << "sums that stay in their registers";
}

// --- strides beyond the window -------------------------------------------------------------------------------------------

/// 1 x 1, 2 apart: 8 x 8 pixels of 4 channels are 32 words, and 4 x 4 weights 2; 15 x 15 pixels would be 112.5. The kernel
/// allows one simulation in a process, so each tile is a test.
class StridedPixels : public ForeignFiles, public ::testing::WithParamInterface<const char*> {};

TEST_P(StridedPixels, AreFetchedAlone)
{
    std::string strided = conv(0, 0, 8);
    strided.replace(strided.find("ix=1*ox"), 7, "ix=2*ox");
    strided.replace(strided.find("iy=1*oy"), 7, "iy=2*oy");
    const std::vector<std::string> flags{"--tile", GetParam(), "--cuts", "none", "--format", "json"};
    const CommandResult result = on("validate", strided, flags);
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    const json report = json::parse(result.out);
    for (const json& row : report["rows"]) {
        if (row["memory"] != "dram" || row["operand"] != "I") continue;
        EXPECT_EQ(row["predicted"], 32) << row;
        EXPECT_EQ(row["simulated"], 32) << row;
    }
}

INSTANTIATE_TEST_SUITE_P(Tiles, StridedPixels, ::testing::Values("8x8", "3x5"));

}  // namespace
}  // namespace plumbline
