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

TEST(GemminiRun, RoundsTilesOfMatrixProductsUpToBlocks)
{
    const TiledRun run = mapped_run(
        row_of(extents(64, 32, 100, 1, 1, 1), "L3[WIO] K16 P10 C2 K2 - L2[WI] K2X - L1[O] C16X - L0[W] P10"));
    EXPECT_EQ(run.tile, extents(16, 16, 16, 1, 1, 1));
    ASSERT_EQ(run.loops.size(), 3U);  // K 64 / 16, P 100 / 16 rounded up, C 32 / 16
    EXPECT_EQ(run.loops[0].size, 4);
    EXPECT_EQ(run.loops[1].size, 7);
    EXPECT_EQ(run.tile_count(), 4 * 7 * 2);
}

TEST(GemminiRun, ComputesSquareMaps)
{
    // 8 x 2 outputs in tiles of 4 x 1: two tiles along P, two along Q, and four times as many rows as asked for.
    const TiledRun run =
        mapped_run(row_of(extents(16, 16, 8, 2, 3, 3), "L3[WIO] P2 Q2 - L2[WI] K16X - L1[O] C16X R3 S3 - L0[W] P4"));
    EXPECT_EQ(run.shape.sizes, extents(16, 16, 8, 8, 3, 3));
    EXPECT_EQ(run.tile_count(), 2 * 2 * 4);
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
    // Commands of these tiles take less than what runs beside them, so that `tile` stays where the search begins.
    const double unseen = initial_values()[static_cast<std::size_t>(Unknown::tile)];
    const std::vector<double> planted{0.7, 9, 0.5, 1.3, 5, 25, 15, 0.2, 700, unseen, 800, 500, 300};
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

}  // namespace
}  // namespace plumbline::gemmini
