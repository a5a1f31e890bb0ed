// SPDX-License-Identifier: Apache-2.0
// The RTL design of others: how its rows are read, and what of them is explained before anything is calibrated.
#include <gmock/gmock.h>

#include <cstdio>
#include <fstream>

#include <plumbline/error.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/schedule_cost.hpp>

#include <plumbline/validate/accuracy.hpp>

#include "rtl_judgement.hpp"
#include "test_data.hpp"
#include "traffic.hpp"

namespace plumbline::rtl {
namespace {

using testing::HasSubstr;

const std::string kFolder = std::string{kPlatformsFolder} + "/rtl_gemm/";

Accelerator systolic() { return io::read_accelerator(kFolder + "systolic_16x16.yaml"); }

/// What reading a file of these lines is refused with.
std::string refusal(const std::string& lines)
{
    const std::string path = testing::TempDir() + "/refused_rows.csv";
    std::ofstream{path} << lines;
    try {
        read_gemm_rows(path);
    } catch (const InputError& error) {
        return error.what();
    }
    return "nothing";
}

TEST(RtlRows, AreThoseOfTheFiles)
{
    const std::vector<GemmRow> rows = read_gemm_rows(kFolder + "gemm_16x16.csv");
    ASSERT_EQ(rows.size(), 555U);
    EXPECT_EQ(name_of(rows.front()), "gemm 16x64x32, tiles 16x16x16");
    EXPECT_EQ(rows.front().cycles, Cycles{1262});
    const std::vector<FusedRow> fused = read_fused_rows(kFolder + "fused_gemm_16x16.csv");
    ASSERT_EQ(fused.size(), 64U);
    EXPECT_EQ(name_of(fused.front()), "fused 512x512x64, tiles 16x512x16 and 512x64x512, tiles 16x64x32");
    EXPECT_EQ(fused.front().traffic.buffer_to_memory, Bits{524288});
}

TEST(RtlRows, AreRefusedByLineAndColumn)
{
    const std::string header = "m,n,k,tile_m,tile_n,tile_k,cycles\n";
    EXPECT_THAT(refusal(header + "32,32,32,16,16,16,0\n"), HasSubstr("refused_rows.csv:2: cycles: is '0'"));
    EXPECT_THAT(refusal(header + "\n32,32,x,16,16,16,9\n"), HasSubstr("refused_rows.csv:3: k: is 'x'"));
    EXPECT_THAT(refusal(header + "48,32,32,32,16,16,9\n"), HasSubstr("tile_m: is 32, expected a divisor of 48"));
    EXPECT_THAT(refusal(header + "32,32,32,16,16,8,9\n"),
                HasSubstr("tile_k: is 8, expected a divisor of 32 and a multiple of 16"));
    EXPECT_THAT(refusal("m,n,k,tile_m,tile_n,tile_k\n32,32,32,16,16,16\n"), HasSubstr("cycles: is missing"));
}

TEST(RtlSchedules, ComputeWhatTheRowsSay)
{
    const Accelerator accelerator = systolic();
    for (const GemmRow& row : read_gemm_rows(kFolder + "gemm_16x16.csv")) {
        const RtlRun run = run_of(row, accelerator);
        const ScheduleCost cost = predict(accelerator, run.workload, run.schedule);
        EXPECT_EQ(cost.macs(), row.gemm.m * row.gemm.n * row.gemm.k) << name_of(row);
    }
    for (const FusedRow& row : read_fused_rows(kFolder + "fused_gemm_16x16.csv")) {
        const RtlRun run = run_of(row, accelerator);
        const ScheduleCost cost = predict(accelerator, run.workload, run.schedule);
        EXPECT_EQ(cost.macs(), row.first.m * row.first.k * row.first.n + row.second.m * row.second.k * row.second.n)
            << name_of(row);
    }
}

/// Every tile of one product is fetched for every step: m k n / tile_n words of A, and m n k / tile_m of B.
TEST(RtlSchedules, FetchBothTilesForEveryStep)
{
    const Accelerator accelerator = systolic();
    for (const GemmRow& row : read_gemm_rows(kFolder + "gemm_16x16.csv")) {
        const auto& [m, n, k, tile_m, tile_n, tile_k] = row.gemm;
        const RtlRun run = run_of(row, accelerator);
        const RtlTraffic traffic =
            traffic_of(predict(accelerator, run.workload, run.schedule, Estimator::refined), accelerator);
        EXPECT_EQ(traffic.memory_to_buffer, kWord * (m * k * (n / tile_n) + n * k * (m / tile_m))) << name_of(row);
        EXPECT_EQ(traffic.buffer_to_memory, kWord * (m * n)) << name_of(row);
    }
}

TEST(RtlTraffic, OfEveryFusedPairIsExplainedToTheBit)
{
    const Accelerator accelerator = systolic();
    for (const FusedRow& row : read_fused_rows(kFolder + "fused_gemm_16x16.csv")) {
        const RtlRun run = run_of(row, accelerator);
        const ScheduleCost cost = predict(accelerator, run.workload, run.schedule, Estimator::refined);
        const Extra extra = extra_of(row);
        EXPECT_TRUE(traffic_of(cost, accelerator) + extra.first_sums + extra.copy_of_first_product == row.traffic)
            << name_of(row);
    }
}

/// A GEMM of one tile: both operands come at four words a cycle, a cycle computes 16 rows of a column over 16 of the
/// reduction, and the product leaves at four words a cycle. A, the smaller one, is in the array before all of B has come.
TEST(RtlPrediction, OfOneTileIsLoadingComputingAndStoring)
{
    const Accelerator accelerator = systolic();
    const GemmRow row{{32, 64, 16, 32, 64, 16}, Cycles{1}};
    const std::vector<RtlRun> runs{run_of(row, accelerator)};
    const RtlPrediction predict{accelerator, runs, Estimator::refined};
    const double loading = (32 * 16 + 16 * 64) / 4.0;
    const double computing = 64 * (32 / 16.0);
    const double storing = 32 * 64 / 4.0;
    EXPECT_DOUBLE_EQ(predict({1, 0, 0, 0}).front(), loading + computing + storing);
    EXPECT_DOUBLE_EQ(predict({1, 0, 0, 50}).front(), 50 + loading + computing + storing);
}

class RtlHalves : public testing::TestWithParam<std::uint64_t> {};

TEST_P(RtlHalves, OfSingleGemmsAreWithinFourPercentOfTheOtherHalf)
{
    const auto rows = read_gemm_rows(kFolder + "gemm_16x16.csv");
    const Judgement judgement = judge(systolic(), rows, Estimator::refined, GetParam());
    EXPECT_LE(validate::accuracy_of(judgement.after).mape, 0.04);
    EXPECT_GT(validate::accuracy_of(judgement.before).mape, validate::accuracy_of(judgement.after).mape);
}

TEST_P(RtlHalves, OfFusedPairsAreWithinFourPercentOfTheOtherHalf)
{
    const auto rows = read_fused_rows(kFolder + "fused_gemm_16x16.csv");
    const Judgement judgement = judge(systolic(), rows, Estimator::refined, GetParam());
    EXPECT_LE(validate::accuracy_of(judgement.after).mape, 0.04);
    EXPECT_GT(validate::accuracy_of(judgement.before).mape, validate::accuracy_of(judgement.after).mape);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RtlHalves, testing::Values(1, 2, 3));

}  // namespace
}  // namespace plumbline::rtl
