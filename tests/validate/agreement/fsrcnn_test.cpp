// SPDX-License-Identifier: Apache-2.0
// FSRCNN on Meta_prototype_DF, tile 60x72, fully-cached, every tile: the machine conserves what it moves, and the
// prediction is as far from it as validate/docs/why_they_differ.md explains.
#include <gtest/gtest.h>

#include <map>

#include "plumbline/io/yaml.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/deviation_causes.hpp"
#include "test_data.hpp"

namespace plumbline {
namespace {

const std::string kPlatforms = kPlatformsFolder;

class Fsrcnn : public ::testing::Test {
protected:
    Fsrcnn()
    {
        PlanOptions options;
        options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
        options.search.estimator = Estimator::uniform;
        schedule = *plan_schedule(accelerator, workload, rules, options);
        counters = sim::simulate(accelerator, workload, schedule);
    }

    /// Bits of one activity.
    std::int64_t bits(const sim::Activity& activity, MemoryId memory, MemoryOperand operand, Direction direction) const
    {
        std::int64_t total = 0;
        for (const sim::Traffic& each : counters.traffic)
            if (each.activity == activity && each.memory == memory && each.operand == operand &&
                each.direction == direction)
                total += each.bits.count();
        return total;
    }

    std::vector<sim::Activity> activities(sim::Activity::Kind kind) const
    {
        std::vector<sim::Activity> found;
        for (const sim::ActivityTime& each : counters.times)
            if (each.activity.kind == kind) found.push_back(each.activity);
        return found;
    }

    Accelerator accelerator = io::read_accelerator(kPlatforms + "/accelerators/meta_prototype_df.yaml");
    Workload workload = io::read_workload(kPlatforms + "/workloads/defines/fsrcnn.yaml");
    MappingRules rules = io::read_mapping(kPlatforms + "/mappings/meta_prototype.yaml", accelerator);
    Schedule schedule;
    sim::Counters counters;
};

TEST_F(Fsrcnn, WritesAtOneEndOfEachLinkWhatIsReadAtTheOther)
{
    // On this accelerator no input is copied to several instances and no output is summed between memories.
    int links = 0;
    for (const sim::Activity& layer : activities(sim::Activity::Kind::compute))
        for (MemoryOperand operand : kAllMemoryOperands) {
            const auto& levels = accelerator.levels(operand);
            for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
                const auto down = bits(layer, levels[i + 1], operand, Direction::read_down);
                const auto up = bits(layer, levels[i], operand, Direction::read_up);
                EXPECT_EQ(bits(layer, levels[i], operand, Direction::write_from_up), down);
                EXPECT_EQ(bits(layer, levels[i + 1], operand, Direction::write_from_down), up);
                links += down + up > 0 ? 1 : 0;
            }
        }
    // Each layer fills weight registers and drains sums, at least.
    EXPECT_GE(links, 2 * 8);
}

TEST_F(Fsrcnn, CopiesWriteWhatTheyRead)
{
    for (const sim::Activity& copy : activities(sim::Activity::Kind::copy)) {
        std::int64_t read = 0;
        std::int64_t written = 0;
        for (const sim::Traffic& each : counters.traffic)
            if (each.activity == copy) (is_read(each.direction) ? read : written) += each.bits.count();
        EXPECT_EQ(read, written);
        EXPECT_GT(read, 0);
    }
}

TEST_F(Fsrcnn, ComputesEachMacAndEachOutputOnce)
{
    // Fully-cached: no output is computed twice, so each layer does its own MACs, edges included.
    std::map<LayerId, std::int64_t> macs;
    for (const sim::ActivityTime& each : counters.times)
        if (each.activity.kind == sim::Activity::Kind::compute) macs[*each.activity.layer] += each.macs;
    for (const Layer& layer : workload.layers()) EXPECT_EQ(macs[layer.id], layer.macs()) << layer.name;
    EXPECT_EQ(counters.outputs, 16 * 540 * 960);
}

TEST_F(Fsrcnn, IsPredictedAsCloselyAsTheReadmeExplains)
{
    const auto comparison =
        validate::compare(accelerator, predict(accelerator, workload, schedule, Estimator::uniform), counters, {});
    for (const validate::AccessRow& row : comparison.accesses) EXPECT_LE(std::abs(row.accesses.deviation()), 0.025);
    for (const validate::StepRow& copy : comparison.copies) EXPECT_EQ(copy.cycles().deviation(), 0);
    EXPECT_LE(std::abs(comparison.energy->deviation()), 0.001);
    // The output register's drains are not predicted: too few cycles, never too many.
    EXPECT_LT(comparison.latency->deviation(), 0);
    EXPECT_GT(comparison.latency->deviation(), -0.05);
    for (const validate::StepRow& layer : comparison.layers) EXPECT_GT(layer.cycles().deviation(), -0.16) << layer.name;
}

TEST_F(Fsrcnn, DeviatesForReasonsThatAllHaveAName)
{
    const auto predicted =
        validate::run_record_of(predict(accelerator, workload, schedule, Estimator::uniform), "uniform");
    const auto simulated = validate::run_record_of(accelerator, counters, &workload);
    const auto comparison = validate::compare(accelerator, predicted, simulated, {});
    const auto why = validate::deviation_causes(accelerator, workload, schedule, comparison, predicted, simulated);
    for (const validate::AccessDeviation& row : why.accesses) {
        const double difference = (row.accesses.predicted - row.accesses.simulated).count();
        EXPECT_NEAR(row.parts.sum().count(), difference, 1e-9 * row.accesses.predicted.count());
    }
    EXPECT_EQ(validate::explained_accesses(why).other, 0);
    EXPECT_EQ(why.run.sum(), comparison.latency->predicted - comparison.latency->simulated);
    EXPECT_EQ(validate::explained_cycles(why).other, 0);
    // Steps follow each other, and whoever runs the schedule runs all of its iterations.
    EXPECT_EQ(why.run[validate::Phase::overlap], Cycles{0});
    EXPECT_EQ(why.run[validate::Phase::computing], Cycles{0});
    // Nearly all of it is the output register, which drains before it is used again (validate/docs/why_they_differ.md).
    EXPECT_LT(why.run[validate::Phase::stall], Cycles{0});
}

}  // namespace
}  // namespace plumbline
