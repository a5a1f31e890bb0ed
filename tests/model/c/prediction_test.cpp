// SPDX-License-Identifier: Apache-2.0
// What the C interface says is what the model says, bit for bit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "network.hpp"
#include "plumbline/calibrated_accelerator.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline::test {
namespace {

const char* const kProfile = R"(schema: plumbline-calibration-1
accelerator: meta_prototype_df
top: {efficiency: 0.5}
steps: {dispatch: 25}
)";

PlanOptions plan_options()
{
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    options.search.factors = 3;
    return options;
}

std::string json_of(const CNetwork& c, const plumbline_schedule* schedule)
{
    const char* text = nullptr;
    EXPECT_EQ(plumbline_schedule_json(c.session.get(), schedule, &text), PLUMBLINE_OK) << c.error();
    return text;
}

void expect_same(const plumbline_cost* cost, std::size_t part, const LayerCost& layer)
{
    EXPECT_EQ(plumbline_cost_energy(cost, part), layer.energy().count());
    EXPECT_EQ(plumbline_cost_mac_energy(cost, part), layer.mac_energy.count());
    EXPECT_EQ(plumbline_cost_macs(cost, part), layer.macs);
    EXPECT_EQ(plumbline_cost_latency(cost, part), layer.latency().count());
    EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_COMPUTE), layer.temporal.count());
    EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_STALL), layer.stall.count());
    EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_LOADING), layer.loading.count());
    EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_OFFLOADING), layer.offloading.count());
    EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_COPYING), 0);
}

/// Accesses of an operand at a memory that the C interface lists for a part; fails where it lists none.
PerDirection<Accesses> listed(const plumbline_cost* cost, std::size_t part, MemoryId memory, MemoryOperand operand)
{
    for (std::size_t row = 0; row < plumbline_cost_traffic_count(cost, part); ++row) {
        if (plumbline_cost_traffic_memory(cost, part, row) != memory) continue;
        if (plumbline_cost_traffic_operand(cost, part, row) != std::string{name_of(operand)}) continue;
        PerDirection<Accesses> accesses;
        for (Direction direction : kAllDirections)
            accesses[direction] =
                Accesses{plumbline_cost_traffic_accesses(cost, part, row, static_cast<plumbline_direction>(direction))};
        return accesses;
    }
    ADD_FAILURE() << "no row of " << name_of(operand) << " in memory " << memory;
    return {};
}

void expect_same_traffic(const plumbline_cost* cost, std::size_t part, const LayerCost& layer)
{
    std::size_t rows = 0;
    for (const OperandCost& operand : layer.operands) {
        for (const LevelCost& level : operand.levels) {
            EXPECT_EQ(listed(cost, part, level.memory, operand.memory_operand), level.accesses);
            ++rows;
        }
    }
    EXPECT_EQ(plumbline_cost_traffic_count(cost, part), rows);
}

void expect_same(const plumbline_cost* cost, const ScheduleCost& expected)
{
    ASSERT_EQ(plumbline_cost_part_count(cost), 1 + expected.layers.size() + expected.copies.size());
    EXPECT_EQ(plumbline_cost_part_kind(cost, 0), PLUMBLINE_TOTAL);
    EXPECT_EQ(plumbline_cost_energy(cost, 0), expected.energy().count());
    EXPECT_EQ(plumbline_cost_latency(cost, 0), expected.latency().count());
    EXPECT_EQ(plumbline_cost_macs(cost, 0), expected.macs());
    EXPECT_EQ(plumbline_cost_phase(cost, 0, PLUMBLINE_COPYING), expected.copy_latency().count());
    std::size_t part = 1;
    for (const ScheduledLayerCost& layer : expected.layers) {
        SCOPED_TRACE(layer.name);
        EXPECT_EQ(plumbline_cost_part_kind(cost, part), PLUMBLINE_LAYER);
        EXPECT_EQ(plumbline_cost_part_name(cost, part), layer.name);
        expect_same(cost, part, layer.cost);
        expect_same_traffic(cost, part, layer.cost);
        ++part;
    }
    for (const ScheduledCopyCost& copy : expected.copies) {
        EXPECT_EQ(plumbline_cost_part_kind(cost, part), PLUMBLINE_COPY);
        EXPECT_EQ(plumbline_cost_energy(cost, part), copy.cost.energy.count());
        EXPECT_EQ(plumbline_cost_phase(cost, part, PLUMBLINE_COPYING), copy.cost.latency.count());
        ++part;
    }
}

TEST(PredictionInC, IsThatOfTheModel)
{
    const Network network;
    const CNetwork c;
    const auto schedule = c.schedule();
    const auto expected = plan_schedule(network.accelerator, network.workload, network.rules, plan_options());
    ASSERT_TRUE(expected);
    EXPECT_EQ(io::schedule_from_json(json_of(c, schedule.get()), "c.json", network.accelerator), *expected);
    for (const Estimator estimator : {Estimator::uniform, Estimator::refined}) {
        const std::string name{name_of(estimator)};
        const auto cost = made<plumbline_cost>(plumbline_predict, c.session.get(), schedule.get(), name.c_str());
        expect_same(cost.get(), predict(network.accelerator, network.workload, *expected, estimator));
    }
}

TEST(PredictionInC, FollowsEveryOptionOfPlanning)
{
    const Network network;
    const CNetwork c;
    plumbline_session* session = c.session.get();
    plumbline_options* options = c.options.get();
    for (const plumbline_status status : {
             plumbline_options_set_cuts(session, options, "3"),
             plumbline_options_add_stack(session, options, 16, 18, "h-cached"),
             plumbline_options_add_stack(session, options, 60, 72, "fully-recompute"),
             plumbline_options_set_capacity(session, options, "optimistic"),
             plumbline_options_set_factors(session, options, 4),
             plumbline_options_set_weights(session, options, 0.5, 2),
             plumbline_options_set_estimator(session, options, "uniform"),
             plumbline_options_set_threads(session, options, 1),
         })
        EXPECT_EQ(status, PLUMBLINE_OK) << c.error();
    PlanOptions expected;
    expected.cuts = io::parse_cuts("3", network.workload, "cuts");
    expected.stacks = {{TileSize{16, 18}, OverlapMode::h_cached}, {TileSize{60, 72}, OverlapMode::fully_recompute}};
    expected.capacity = CapacityPolicy::optimistic;
    expected.search = {4, Objective::weighted, {0.5, 2}, 1, Estimator::uniform};
    const auto schedule = made<plumbline_schedule>(plumbline_schedule_plan, session, c.accelerator.get(),
                                                   c.workload.get(), c.mapping.get(), options);
    EXPECT_EQ(plumbline_schedule_stack_count(schedule.get()), 2U);
    EXPECT_EQ(io::schedule_from_json(json_of(c, schedule.get()), "c.json", network.accelerator),
              *plan_schedule(network.accelerator, network.workload, network.rules, expected));
}

TEST(PredictionInC, OfAScheduleFromAFileIsThatOfTheScheduleThatWasWritten)
{
    const CNetwork c;
    const auto planned = c.schedule();
    const std::string path = ::testing::TempDir() + "/plumbline_c_schedule.json";
    EXPECT_EQ(plumbline_schedule_save(c.session.get(), planned.get(), path.c_str()), PLUMBLINE_OK) << c.error();
    const auto loaded = made<plumbline_schedule>(plumbline_schedule_load, c.session.get(), path.c_str(),
                                                 c.accelerator.get(), c.workload.get());
    const std::string text = json_of(c, planned.get());
    EXPECT_EQ(json_of(c, loaded.get()), text);
    const auto parsed = made<plumbline_schedule>(plumbline_schedule_parse, c.session.get(), text.c_str(), "s.json",
                                                 c.accelerator.get(), c.workload.get());
    EXPECT_EQ(json_of(c, parsed.get()), text);
}

TEST(PredictionInC, IsThatOfTheCalibratedAccelerator)
{
    const Network network;
    const CNetwork c;
    const auto profile =
        made<plumbline_profile>(plumbline_profile_parse, c.session.get(), kProfile, "p.yaml", c.accelerator.get());
    const auto real = made<plumbline_accelerator>(plumbline_accelerator_calibrate, c.session.get(), c.accelerator.get(),
                                                  profile.get());
    const std::string schedule = json_of(c, c.schedule().get());
    const auto planned = made<plumbline_schedule>(plumbline_schedule_parse, c.session.get(), schedule.c_str(), "s.json",
                                                  real.get(), c.workload.get());
    const auto cost = made<plumbline_cost>(plumbline_predict, c.session.get(), planned.get(), "refined");
    const Accelerator calibrated_accelerator =
        calibrated(network.accelerator, io::parse_calibration(kProfile, "p.yaml", network.accelerator));
    expect_same(cost.get(),
                predict(calibrated_accelerator, network.workload,
                        io::schedule_from_json(schedule, "s.json", calibrated_accelerator), Estimator::refined));
}

}  // namespace
}  // namespace plumbline::test
