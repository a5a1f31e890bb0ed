// SPDX-License-Identifier: Apache-2.0
// The refined estimator's latency, uncalibrated, against the machine: on platforms within 2 %, on machines that nobody
// would build within bounds that are stated here, and there too closer than the uniform one.
#include <cmath>
#include <deque>
#include <numeric>
#include <tuple>

#include <gmock/gmock.h>

#include "model/edge_machine.hpp"
#include "model/hand_latencies.hpp"
#include "platform.hpp"
#include "plumbline/plan.hpp"
#include "plumbline/schedule_cost.hpp"
#include "plumbline/sim/simulate.hpp"
#include "systemc/deviation.hpp"
#include "systemc/generated_machine.hpp"

namespace plumbline::validate {
namespace {

Schedule planned(const Platform& platform, TileSize tile, Objective objective, Estimator estimator)
{
    PlanOptions options;
    options.stacks = {{tile, OverlapMode::fully_cached}};
    options.search.factors = 3;
    options.search.objective = objective;
    options.search.estimator = estimator;
    return *plan_schedule(platform.accelerator, platform.workload, platform.rules, options);
}

Cycles simulated(const Platform& platform, const Schedule& schedule)
{
    sim::SimulationOptions folded;
    folded.fold_classes = true;
    return sim::simulate(platform.accelerator, platform.workload, schedule, folded).cycles;
}

double deviation(const Platform& platform, const Schedule& schedule, Estimator estimator, Cycles truth)
{
    return predict(platform.accelerator, platform.workload, schedule, estimator).latency() / truth - 1;
}

class AnyAccelerator : public ::testing::TestWithParam<std::tuple<const char*, const char*>> {
protected:
    Platform platform{std::get<0>(GetParam()), std::get<1>(GetParam())};

    void expect_close(const Schedule& schedule) const
    {
        EXPECT_NEAR(deviation(platform, schedule, Estimator::refined, simulated(platform, schedule)), 0, 0.02);
    }
};

TEST_P(AnyAccelerator, TakesAsLongAsPredicted)
{
    expect_close(planned(platform, {16, 18}, Objective::energy, Estimator::uniform));
}

/// What a search has chosen for being fast in the eyes of the estimator is so.
TEST_P(AnyAccelerator, TakesAsLongAsPredictedWhereTheSearchMinimisedThePrediction)
{
    expect_close(planned(platform, {32, 24}, Objective::latency, Estimator::refined));
}

INSTANTIATE_TEST_SUITE_P(All, AnyAccelerator,
                         ::testing::Combine(::testing::Values("ascend_like", "ascend_like_df", "edge_tpu_like",
                                                              "edge_tpu_like_df", "meta_prototype", "meta_prototype_df",
                                                              "tesla_npu_like", "tesla_npu_like_df", "tpu_like",
                                                              "tpu_like_df"),
                                            ::testing::Values("fsrcnn", "mccnn")),
                         both_names);

TEST(RefinedLatency, KnowsThatARegisterOfOneWordMustDrainBeforeItIsUsedAgain)
{
    const Platform platform{"meta_prototype_df", "fsrcnn"};
    const Schedule schedule = planned(platform, {60, 72}, Objective::energy, Estimator::uniform);
    const Cycles truth = simulated(platform, schedule);
    EXPECT_LT(deviation(platform, schedule, Estimator::uniform, truth), -0.04);
    EXPECT_NEAR(deviation(platform, schedule, Estimator::refined, truth), 0, 0.01);
}

TEST(RefinedLatency, IsThatOfTheMachineWhereBlocksAtEdgesAreSmaller)
{
    const Accelerator accelerator = tiny::edge_machine();
    const Workload workload{"edges", {tiny::edge_layer()}};
    Schedule schedule = small::schedule(
        {small::stack_of_one_tile({0}, tiny::edge_layer().sizes, {ComputeStep{0, tiny::edge_mapping(), {}}})});
    schedule.accelerator = accelerator.name();
    schedule.workload = workload.name();
    sim::Deviations runs;
    runs.add(accelerator, workload, schedule);
    const sim::Deviation seen = runs.run().front();
    EXPECT_EQ(seen.cycle, tiny::kEdgeLoading + tiny::kEdgeCycles);
    EXPECT_EQ(seen.transaction, seen.cycle);
    EXPECT_EQ(predict(accelerator, workload, schedule, Estimator::refined).latency(), seen.cycle);
}

TEST(RefinedLatency, OfLayersWorkedOutByHandIsThatOfTheMachine)
{
    sim::Deviations runs;
    const std::vector<tiny::HandLatency> hands = tiny::hand_latencies();
    std::deque<Workload> workloads;
    std::deque<Schedule> schedules;
    for (const tiny::HandLatency& hand : hands) {
        workloads.push_back({"hand", {hand.layer}});
        schedules.push_back(
            small::schedule({small::stack_of_one_tile({0}, hand.layer.sizes, {ComputeStep{0, hand.mapping, {}}})}));
        schedules.back().accelerator = hand.accelerator.name();
        schedules.back().workload = workloads.back().name();
        runs.add(hand.accelerator, workloads.back(), schedules.back());
    }
    const std::vector<sim::Deviation> seen = runs.run();
    for (std::size_t i = 0; i < hands.size(); ++i) {
        EXPECT_EQ(seen[i].cycle, hands[i].loading + hands[i].computing + hands[i].offloading) << hands[i].name;
        EXPECT_EQ(seen[i].transaction, seen[i].cycle) << hands[i].name;
    }
}

/// What is between two estimators and the machine, on generated machines.
class OnGeneratedMachines : public testing::Test {
protected:
    static constexpr unsigned kMachines = 60;

    void add(generated::GeneratedMachine machine)
    {
        machines_.push_back(std::move(machine));
        runs_.add(machines_.back().accelerator, machines_.back().workload, machines_.back().schedule);
    }

    /// Magnitudes of deviations, machine by machine.
    std::vector<double> off(Estimator estimator)
    {
        if (simulated_.empty()) simulated_ = runs_.run();
        std::vector<double> all;
        for (std::size_t i = 0; i < machines_.size(); ++i) {
            const auto& [accelerator, workload, schedule] = machines_[i];
            const Cycles predicted = predict(accelerator, workload, schedule, estimator).latency();
            all.push_back(std::abs(predicted / simulated_[i].transaction - 1));
        }
        return all;
    }

    /// Guards what was found: no law says so.
    void expect_close()
    {
        EXPECT_THAT(off(Estimator::refined), testing::Each(testing::Lt(0.3)));
        EXPECT_LT(mean(off(Estimator::refined)), 0.03);
        EXPECT_LT(mean(off(Estimator::refined)), mean(off(Estimator::uniform)) / 2);
    }

    static double mean(const std::vector<double>& values)
    {
        return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    }

private:
    std::deque<generated::GeneratedMachine> machines_;
    sim::Deviations runs_;
    std::vector<sim::Deviation> simulated_;
};

/// The same machine, all of whose memories answer after so long.
generated::GeneratedMachine with_latencies(generated::GeneratedMachine machine, Cycles latency)
{
    std::vector<Memory> memories = machine.accelerator.memories();
    for (Memory& memory : memories) memory.latency = latency;
    machine.accelerator = {machine.accelerator.name(), machine.accelerator.array(), std::move(memories)};
    return machine;
}

TEST_F(OnGeneratedMachines, RefinedLatencyIsCloseWhereMemoriesAnswerAtOnce)
{
    for (unsigned seed = 0; seed < kMachines; ++seed)
        add(with_latencies(generated::generated_machine(seed), Cycles{1}));
    expect_close();
}

TEST_F(OnGeneratedMachines, RefinedLatencyIsAsCloseWhereMemoriesHaveLatencies)
{
    for (unsigned seed = 1; seed < 2 * kMachines; seed += 2) add(generated::generated_machine(seed));
    expect_close();
}

TEST(RefinedLatency, OfMemoriesThatAnswerAtOnceIsThatOfThoseThatAnswerInACycle)
{
    for (unsigned seed = 0; seed < 200; ++seed) {
        const auto zero = with_latencies(generated::generated_machine(seed), Cycles{0});
        const auto one = with_latencies(generated::generated_machine(seed), Cycles{1});
        EXPECT_EQ(predict(zero.accelerator, zero.workload, zero.schedule, Estimator::refined).latency(),
                  predict(one.accelerator, one.workload, one.schedule, Estimator::refined).latency())
            << seed;
    }
}

TEST(MachineLatency, OfMemoriesThatAnswerAtOnceIsThatOfThoseThatAnswerInACycle)
{
    sim::Deviations runs;
    std::deque<generated::GeneratedMachine> machines;
    for (unsigned seed = 0; seed < 20; ++seed)
        for (const Cycles latency : {Cycles{0}, Cycles{1}}) {
            machines.push_back(with_latencies(generated::generated_machine(seed), latency));
            runs.add(machines.back().accelerator, machines.back().workload, machines.back().schedule);
        }
    const std::vector<sim::Deviation> seen = runs.run();
    for (std::size_t i = 0; i < seen.size(); i += 2) {
        EXPECT_EQ(seen[i].cycle, seen[i + 1].cycle) << "seed " << i / 2;
        EXPECT_EQ(seen[i].transaction, seen[i + 1].transaction) << "seed " << i / 2;
    }
}

}  // namespace
}  // namespace plumbline::validate
