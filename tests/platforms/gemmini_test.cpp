// SPDX-License-Identifier: Apache-2.0
// Gemmini: how its rows are read, what of them is explained before anything is fitted, and how good the fit is elsewhere.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include <plumbline/error.hpp>
#include <plumbline/io/yaml.hpp>

#include "gemmini_judgement.hpp"
#include "mapping_text.hpp"
#include "test_data.hpp"

namespace plumbline::gemmini {
namespace {

using testing::HasSubstr;

const std::string kGemminiFolder = std::string{kPlatformsFolder} + "/gemmini/";
constexpr std::array<Estimator, 2> kEstimators{Estimator::uniform, Estimator::refined};

Accelerator gemmini() { return io::read_accelerator(kGemminiFolder + "gemmini_16x16.yaml"); }

Extents extents(std::int64_t k, std::int64_t c, std::int64_t p, std::int64_t q, std::int64_t r, std::int64_t s)
{
    Extents sizes;
    sizes[Dim::k] = k;
    sizes[Dim::c] = c;
    sizes[Dim::p] = p;
    sizes[Dim::q] = q;
    sizes[Dim::r] = r;
    sizes[Dim::s] = s;
    return sizes;
}

Row row_of(const Extents& sizes, const std::string& mapping)
{
    Row row;
    row.shape.sizes = sizes;
    row.mapping = parse_mapping(mapping);
    return row;
}

/// What reading a file of these lines is refused with.
std::string gemmini_refusal(const std::string& lines)
{
    const std::string path = testing::TempDir() + "/refused_gemmini.csv";
    std::ofstream{path} << lines;
    try {
        read_rows(path);
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing";
}

TEST(GemminiMapping, SaysWhatATileSpansAndWhatRunsOverTiles)
{
    const Mapping mapping = parse_mapping("L3[WIO] C4 K48 - L2[WI] N1 K16X - L1[O] C48 P16 C16X - L0[W] P8");
    EXPECT_EQ(mapping.tile, extents(16, 48 * 16, 16 * 8, 1, 1, 1));
    EXPECT_EQ(mapping.lanes_k, 16);
    EXPECT_EQ(mapping.lanes_c, 16);
    ASSERT_EQ(mapping.loops.size(), 2U);
    EXPECT_EQ(mapping.loops[0].dim, Dim::c);
    EXPECT_EQ(mapping.loops[1].size, 48);
}

TEST(GemminiRows, AreThoseOfTheFiles)
{
    const std::vector<Row> rows = read_rows(kGemminiFolder + "buffers.csv");
    ASSERT_EQ(rows.size(), 135U);
    EXPECT_EQ(name_of(rows.front().shape), "1x768x768 128x1 1x1 stride 1");
    EXPECT_EQ(rows.front().cycles, Cycles{566626});
    EXPECT_EQ(rows.front().own_cycles, Cycles{370440});
    EXPECT_EQ(rows.front().own_tile, extents(80, 768, 80, 1, 1, 1));
    EXPECT_EQ(read_rows(kGemminiFolder + "mappings.csv").size(), 979U);
}

TEST(GemminiRows, AreRefusedByLineAndColumn)
{
    const std::string header = "batch,k,c,p,q,r,s,stride_p,stride_q,dilation_p,dilation_q,mapping,rtl_cycles\n";
    const std::string shape = "1,16,16,4,1,1,1,1,1,1,1,";
    const std::string mapping = "L3[WIO] N1 - L2[WI] K16X - L1[O] C16X - L0[W] P4";
    EXPECT_EQ(gemmini_refusal(header + shape + mapping + ",100\n"), "nothing");
    EXPECT_THAT(gemmini_refusal(header + shape + mapping + ",0\n"),
                HasSubstr("refused_gemmini.csv:2: rtl_cycles: is '0'"));
    EXPECT_THAT(gemmini_refusal(header + "1,x,16,4,1,1,1,1,1,1,1," + mapping + ",1\n"),
                HasSubstr("2: k: is 'x', expected"));
    EXPECT_THAT(gemmini_refusal(header + shape + "L3[WIO] - L2[WI] K16X - L1[O] C16X - L0[W] Z4,1\n"),
                HasSubstr("2: mapping: has 'Z4', expected a loop such as"));
    EXPECT_THAT(gemmini_refusal(header + shape + "L3[WIO] - L2[WI] K16X,1\n"), HasSubstr("expected four levels"));
    EXPECT_THAT(gemmini_refusal(header + shape + "L3[WIO] - L2[WI] K16X - L1[O] C16X - L0[W] P4X,1\n"),
                HasSubstr("has 'P4X', expected K or C"));
    EXPECT_THAT(gemmini_refusal(header + shape + "L3[WIO] - L2[WI] K16X - L1[O] C16X - L0[W] P2,1\n"),
                HasSubstr("mapping: covers 2 of P, expected at least 4"));
    EXPECT_THAT(gemmini_refusal("batch,k\n1,1\n"), HasSubstr(":1: c: is missing"));
    EXPECT_THAT(gemmini_refusal(header), HasSubstr("expected at least one row"));
}

TEST(GemminiTiler, FindsTheTilesOfAllConvolutions)
{
    std::size_t convolutions = 0;
    for (const Row& row : read_rows(kGemminiFolder + "buffers.csv")) {
        if (row.shape.matrix_product()) continue;
        ++convolutions;
        EXPECT_EQ(searched_tile(row.shape), *row.own_tile) << name_of(row.shape);
    }
    EXPECT_GT(convolutions, 100U);
}

TEST(GemminiRun, CutsTheLastTilesOff)
{
    // 40 channels in tiles of 32, 5 outputs in tiles of 2: K runs inside P.
    Row row = row_of(extents(40, 16, 5, 1, 1, 1), "L3[WIO] N1 - L2[WI] K40 - L1[O] C16X - L0[W] P5");
    row.own_tile = extents(32, 16, 2, 1, 1, 1);
    const TiledRun run = own_run(row);
    ASSERT_EQ(run.tiles.size(), 4U);
    EXPECT_EQ(run.tiles[1], extents(8, 16, 2, 1, 1, 1));
    EXPECT_EQ(run.counts, (std::vector<double>{2, 2, 1, 1}));
    EXPECT_EQ(run.tile_count(), 6);
    EXPECT_EQ(run.sequence.first, 0U);
    EXPECT_EQ(run.sequence.last, 3U);
    // Each pair of 32 and 8 channels, and from either pair of two outputs to the next.
    ASSERT_EQ(run.sequence.transitions.size(), 4U);
    EXPECT_EQ(run.sequence.transitions[0].count, 2);
}

TEST(GemminiRun, CutsMatrixProductsIntoWholeBlocks)
{
    const TiledRun run = mapped_run(
        row_of(extents(64, 32, 100, 1, 1, 1), "L3[WIO] K16 P10 C2 K2 - L2[WI] K2X - L1[O] C16X - L0[W] P10"));
    EXPECT_EQ(run.tile, extents(16, 16, 16, 1, 1, 1));
    ASSERT_EQ(run.loops.size(), 3U);  // K 64 / 16, P 100 / 16 rounded up, C 32 / 16
    EXPECT_EQ(run.loops[0].size, 4);
    EXPECT_EQ(run.loops[1].size, 7);
    EXPECT_EQ(run.tile_count(), 4 * 7 * 2);
}

TEST(GemminiRun, HasTheArrayThatItsMappingUnrolls)
{
    const auto array = [](const std::string& k, const std::string& c) {
        const std::string mapping = "L3[WIO] K64 C64 - L2[WI] " + k + " - L1[O] " + c + " R3 S3 - L0[W] P4";
        return mapped_run(row_of(extents(64, 64, 4, 4, 3, 3), mapping)).array;
    };
    EXPECT_EQ(array("K16X", "C16X"), 16);
    EXPECT_EQ(array("K16X", "C64X"), 64);
    EXPECT_EQ(array("K24X", "C16X"), 32);
    EXPECT_EQ(array("K8X", "C3X"), 8);
    EXPECT_EQ(array("N1", "N1"), 4);
}

TEST(GemminiRun, CountsBlocksOfMatrixProductsInTheirArray)
{
    // Tiles of 20 x 8 have one block of 16 x 16 at most, which an array of 4 computes as one of 4 x 4.
    const TiledRun small =
        mapped_run(row_of(extents(40, 32, 1, 1, 1, 1), "L3[WIO] K2 C4 - L2[WI] K4X - L1[O] K5 C2 C4X - L0[W] N1"));
    EXPECT_EQ(small.tile, extents(4, 4, 1, 1, 1, 1));
    EXPECT_EQ(small.tile_count(), 10 * 8);
    // Tiles of 40 x 32 have two by two blocks of 16 x 16: 64 channels, and no more inputs than there are.
    const TiledRun large =
        mapped_run(row_of(extents(120, 32, 1, 1, 1, 1), "L3[WIO] K3 - L2[WI] K8X - L1[O] K5 C32X - L0[W] N1"));
    EXPECT_EQ(large.tile, extents(64, 32, 1, 1, 1, 1));
    EXPECT_EQ(large.tile_count(), 2);
}

TEST(GemminiRun, GivesMapsOfEvenWindowsOnePlaceMore)
{
    // 5 x 5 places in tiles of 4 x 2: one and a rest of 1 along P, two and a rest of 1 along Q.
    const TiledRun even =
        mapped_run(row_of(extents(16, 16, 4, 4, 2, 2), "L3[WIO] Q2 - L2[WI] K16X - L1[O] C16X R2 S2 Q2 - L0[W] P4"));
    ASSERT_EQ(even.tiles.size(), 4U);
    EXPECT_EQ(even.tiles[3], extents(16, 16, 1, 1, 2, 2));
    EXPECT_EQ(even.counts, (std::vector<double>{2, 1, 2, 1}));
    EXPECT_EQ(even.tile_count(), 6);
    const TiledRun odd =
        mapped_run(row_of(extents(16, 16, 4, 4, 3, 3), "L3[WIO] Q2 - L2[WI] K16X - L1[O] C16X R3 S3 Q2 - L0[W] P4"));
    EXPECT_EQ(odd.counts, (std::vector<double>{2}));
}

TEST(GemminiRun, ComputesSquareMaps)
{
    // 8 x 2 outputs in tiles of 4 x 1: two tiles along P, two along Q, and four times as many rows as asked for.
    const TiledRun run =
        mapped_run(row_of(extents(16, 16, 8, 2, 3, 3), "L3[WIO] P2 Q2 - L2[WI] K16X - L1[O] C16X R3 S3 - L0[W] P4"));
    EXPECT_EQ(run.shape.sizes, extents(16, 16, 8, 8, 3, 3));
    EXPECT_EQ(run.tile_count(), 2 * 2 * 4);
    // The loop over rows gets longer where it is, so that what lies inside of it stays inside.
    ASSERT_EQ(run.loops.size(), 2U);
    EXPECT_EQ(run.loops[1].dim, Dim::q);
    EXPECT_EQ(run.loops[1].size, 2 * 4);
}

TEST(GemminiTile, IsWhatTheArrayAndTheDmaDo)
{
    // 32 x 32 channels are four blocks; each sees 8 x 3 outputs. A window of 3 reaches 10 columns and 5 rows.
    TiledRun run;
    run.shape.sizes = run.tile = extents(32, 32, 8, 3, 3, 3);
    for (Estimator estimator : kEstimators) {
        const TileCost cost = tile_cost(gemmini(), run, run.tile, estimator);
        EXPECT_GE(cost.array_cycles, 4 * 9 * 24) << name_of(estimator);
        EXPECT_LE(cost.array_cycles, 4 * 9 * 24 + 16 * 4 * 9) << name_of(estimator);
        EXPECT_DOUBLE_EQ(cost.blocks, 4 * 9 * 3) << name_of(estimator);
        EXPECT_DOUBLE_EQ(cost.input_bytes, 10 * 5 * 32) << name_of(estimator);
        EXPECT_DOUBLE_EQ(cost.weight_bytes, 9 * 32 * 32) << name_of(estimator);
    }
}

TEST(GemminiTile, WaitsForWeightsOfBlocksWithFewOutputs)
{
    // Four blocks of weights take 16 cycles each to preload, and have 4 outputs to compute meanwhile.
    TiledRun run;
    run.shape.sizes = run.tile = extents(16, 64, 4, 1, 1, 1);
    EXPECT_GE(tile_cost(gemmini(), run, run.tile, Estimator::refined).array_cycles, 3 * 16 + 4);
}

TEST(GemminiTile, HasBlocksOfItsArray)
{
    // 64 x 64 channels are one block of an array of 64, in which each of 9 taps sees 8 x 3 outputs. Weights of a tap take 64
    // cycles to preload, meanwhile the tap before computes its 24 outputs.
    TiledRun run;
    run.array = 64;
    run.shape.sizes = run.tile = extents(64, 64, 8, 3, 3, 3);
    for (Estimator estimator : kEstimators) {
        const TileCost cost = tile_cost(gemmini(), run, run.tile, estimator);
        EXPECT_DOUBLE_EQ(cost.blocks, 9 * 3) << name_of(estimator);
        EXPECT_GE(cost.array_cycles, 8 * 64 + 24) << name_of(estimator);
        EXPECT_LE(cost.array_cycles, 9 * 64 + 24) << name_of(estimator);
    }
}

TEST(GemminiDma, FetchesRowsInRequestsOfALineAndWordsOf16Bytes)
{
    EXPECT_DOUBLE_EQ(row_traffic(360, 36).requests, 10);
    EXPECT_DOUBLE_EQ(row_traffic(360, 36).words, 30);
    EXPECT_DOUBLE_EQ(row_traffic(650, 65).requests, 20);
    EXPECT_DOUBLE_EQ(row_traffic(650, 65).words, 50);
}

TEST(GemminiDma, FetchesWhatWindowsStepOver)
{
    Shape shape;
    shape.stride_p = shape.stride_q = 2;
    // 4 x 4 outputs of a window of 1 read 16 pixels of the 7 x 7 that they span; windows of 3 leave nothing out.
    EXPECT_DOUBLE_EQ(gaps_fetched(shape, extents(1, 1, 4, 4, 1, 1)), 49.0 / 16);
    EXPECT_DOUBLE_EQ(gaps_fetched(shape, extents(1, 1, 4, 4, 3, 3)), 1);
}

TEST(GemminiDma, MovesSumsThatAreNotFinished)
{
    // Reductions outside of K: each of 32 tiles of 49 outputs and four rows of 16 sums is left once and taken up again.
    const Row outside =
        row_of(extents(2048, 1024, 7, 7, 1, 1), "L3[WIO] C2 K32 - L2[WI] K64 - L1[O] C512 P7 - L0[W] Q7");
    EXPECT_DOUBLE_EQ(unfinished_sums(mapped_run(outside)), 32 * 49 * 4);
    const Row inside =
        row_of(extents(2048, 1024, 7, 7, 1, 1), "L3[WIO] K32 C2 - L2[WI] K64 - L1[O] C512 P7 - L0[W] Q7");
    EXPECT_DOUBLE_EQ(unfinished_sums(mapped_run(inside)), 0);
}

TEST(GemminiDma, WritesSumsOnceTheyAreFinished)
{
    // 256 x 256 outputs of a line each are eight times what the cache holds, so that none is there any more when it is written,
    // and inputs of two halves of C come before: both visits bring the outputs' lines but once.
    TiledRun run = mapped_run(
        row_of(extents(64, 64, 256, 256, 1, 1), "L3[WIO] C2 Q256 - L2[WI] K4 K16X - L1[O] C2 C16X - L0[W] P256"));
    EXPECT_DOUBLE_EQ(run.tiles_per_sum(), 2);
    const SharedCache cache{kibibytes(512), Bits{512}};
    EXPECT_NEAR(cache_misses(run, cache, 8).outputs, 256 * 256, 0.001 * 256 * 256);
}

/// A tile with nothing to do, but that its line of inputs and weights come.
PreparedRun idle_run(std::int64_t array)
{
    PreparedRun run;
    run.array = array;
    run.tiles.resize(1);
    run.input_requests = run.weight_requests = run.output_rows = 1;
    return run;
}

/// All at 0 but some.
std::vector<double> values_with(std::initializer_list<std::pair<Unknown, double>> some)
{
    std::vector<double> values(kUnknowns, 0);
    for (const auto& [unknown, value] : some) values[static_cast<std::size_t>(unknown)] = value;
    return values;
}

TEST(GemminiPrediction, CommandsTakeLongerOnLargerArrays)
{
    // 10 commands of one output: 8 cycles on the array of 16, a quarter of a cycle more or less per row of another.
    const std::vector<double> values = values_with({{Unknown::command, 8}, {Unknown::skew, 0.25}});
    for (const auto& [array, cycles] : {std::pair{16, 8}, std::pair{64, 8 + 48 / 4}, std::pair{4, 8 - 12 / 4}}) {
        PreparedRun run = idle_run(array);
        run.tiles[0].cost.blocks = 10;
        run.tiles[0].cost.outputs_per_row = 1;
        EXPECT_DOUBLE_EQ(cycles_of(run, values), 10 * cycles) << array;
    }
}

TEST(GemminiPrediction, OutputsLeaveOnceAndMissOnTheWay)
{
    // Every second tile finishes 100 rows of outputs, which miss 30 lines: on average 50 rows a tile.
    PreparedRun run = idle_run(16);
    run.tiles[0].output_rows = 100;
    run.finished = 0.5;
    run.output_rows = 50;
    run.cache.outputs = 30;
    const std::vector<double> values = values_with({{Unknown::output, 2}, {Unknown::output_miss, 10}});
    EXPECT_DOUBLE_EQ(cycles_of(run, values), 50 * 2 + 30 * 10);
    run.own_tiling = true;  // own tiles have it in what each of them costs
    EXPECT_DOUBLE_EQ(cycles_of(run, values), 0);
}

TEST(GemminiPrediction, RowsOfWeightsLieAcrossWordsWhereTheyAreWordsLong)
{
    // 3 x 3 taps of 16 x K channels: 144 rows; those of 8 bytes lie within a word, and products have theirs at whole words.
    const auto astride = [](const Extents& sizes, const std::string& mapping) {
        const TiledRun run = mapped_run(row_of(sizes, mapping));
        return prepare(gemmini(), run, Estimator::refined).tiles[0].astride;
    };
    EXPECT_DOUBLE_EQ(astride(extents(16, 16, 4, 4, 3, 3), "L3[WIO] Q4 - L2[WI] K16X - L1[O] R3 S3 C16X - L0[W] P4"),
                     144);
    EXPECT_DOUBLE_EQ(astride(extents(16, 16, 4, 4, 3, 3), "L3[WIO] Q4 K2 - L2[WI] K8X - L1[O] R3 S3 C16X - L0[W] P4"),
                     0);
    EXPECT_DOUBLE_EQ(astride(extents(16, 16, 4, 1, 1, 1), "L3[WIO] N1 - L2[WI] K16X - L1[O] C16X - L0[W] P4"), 0);
    PreparedRun run = idle_run(16);
    run.tiles[0].astride = 144;
    EXPECT_DOUBLE_EQ(cycles_of(run, values_with({{Unknown::astride, 2}})), 2 * 144);
}

TEST(GemminiPrediction, IssuesProductsByThemselves)
{
    // Five tiles that do nothing: four of them wait for their commands.
    PreparedRun run = idle_run(16);
    run.sequence.transitions = {{0, 0, 4}};
    const std::vector<double> values = values_with({{Unknown::tile, 250}, {Unknown::product_tile, 125}});
    EXPECT_DOUBLE_EQ(cycles_of(run, values), 4 * 250);
    run.product = true;
    EXPECT_DOUBLE_EQ(cycles_of(run, values), 4 * 125);
}

TEST(GemminiJudgement, KeepsAShapeOnOneSide)
{
    const std::vector<Row> rows = read_rows(kGemminiFolder + "buffers.csv");
    const std::vector<Sample> samples = samples_of(rows, "rows", gemmini(), Estimator::refined);
    EXPECT_THROW(judge_unseen(samples, samples), InputError);
}

TEST(GemminiJudgement, FindsWhatWasPlanted)
{
    const std::vector<Row> rows = read_rows(kGemminiFolder + "buffers.csv");
    std::vector<Sample> samples = samples_of(rows, "rows", gemmini(), Estimator::refined);
    // These rows have one array, and commands of their tiles take less than what runs beside them: what they do not tell stays
    // where the search begins.
    std::vector<double> planted = values_with({{Unknown::partial_command, 0.7},
                                               {Unknown::command, 9},
                                               {Unknown::word, 1.3},
                                               {Unknown::astride, 2},
                                               {Unknown::cache_miss, 5},
                                               {Unknown::memory_miss, 25},
                                               {Unknown::partial_sums, 15},
                                               {Unknown::output, 2},
                                               {Unknown::output_miss, 10},
                                               {Unknown::interference, 0.2},
                                               {Unknown::start, 700},
                                               {Unknown::own_tile, 800},
                                               {Unknown::shrink, 500},
                                               {Unknown::grow, 300}});
    for (Unknown unseen : {Unknown::skew, Unknown::tile, Unknown::product_tile}) {
        planted[static_cast<std::size_t>(unseen)] = initial_values()[static_cast<std::size_t>(unseen)];
    }
    for (Sample& each : samples) each.observation.observed = cycles_of(each.run, planted);
    const Judgement judgement = judge_by_folds(samples, 2);
    const std::vector<double> found = judgement.fit.values();
    for (std::size_t i = 0; i < kUnknowns; ++i)
        EXPECT_NEAR(found[i], planted[i], 0.02 * planted[i]) << unknowns()[i].name;
    EXPECT_LT(judgement.summary(Series::mapping).accuracy.mape, 0.001);
    EXPECT_EQ(judgement.summary(Series::mapping).choices.right, judgement.summary(Series::mapping).choices.pairs);
}

TEST(GemminiJudgement, IsWithinTenPercentOnShapesThatTheFitHasNotSeen)
{
    const std::vector<Row> rows = read_rows(kGemminiFolder + "buffers.csv");
    const std::vector<Sample> samples = samples_of(rows, "rows", gemmini(), Estimator::refined);
    const Judgement judgement = judge_by_folds(samples, 5);
    for (Series series : {Series::mapping, Series::own_tiling}) {
        const Summary summary = judgement.summary(series);
        EXPECT_EQ(summary.accuracy.rows, 135U);
        EXPECT_LE(summary.accuracy.mape, 0.10) << name_of(series);
        EXPECT_GE(summary.accuracy.kendall_tau.value_or(0), 0.93) << name_of(series);
    }
    EXPECT_GT(their_summary(judgement.judged).accuracy.mape, 0.20);
    // 59 rows have a mapping that another row has, too. Choices would all be right if only their spread were in the way.
    const Summary equal = equal_runs_summary(judgement.judged).value();
    EXPECT_EQ(equal.accuracy.rows, 59U);
    EXPECT_LE(equal.accuracy.mape, 0.04);
    EXPECT_EQ(equal.choices.right, equal.choices.pairs);
}

TEST(GemminiJudgement, ChoosesTheBetterOfRandomMappingsOfUnseenShapes)
{
    const std::vector<Row> rows = read_rows(kGemminiFolder + "mappings.csv");
    const std::vector<Sample> samples = samples_of(rows, "rows", gemmini(), Estimator::refined);
    const Judgement judgement = judge_by_folds(samples, 5);
    const Summary summary = judgement.summary(Series::mapping);
    EXPECT_LE(summary.accuracy.mape, 0.12);
    EXPECT_GE(summary.accuracy.kendall_tau.value_or(0), 0.93);
    EXPECT_GE(static_cast<double>(summary.choices.right), 0.95 * static_cast<double>(summary.choices.pairs));
    EXPECT_FALSE(equal_runs_summary(judgement.judged).has_value());
}

}  // namespace
}  // namespace plumbline::gemmini
