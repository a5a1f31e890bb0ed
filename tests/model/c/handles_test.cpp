// SPDX-License-Identifier: Apache-2.0
// Handles, refusals and names of the C interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "io/edited_text.hpp"
#include "network.hpp"
#include "test_data.hpp"

namespace plumbline::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string text_of(const std::string& path)
{
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(HandlesInC, KeepAliveWhatTheyNeed)
{
    CNetwork c;
    const auto schedule = c.schedule();
    c.mapping.reset();
    c.accelerator.reset();
    c.workload.reset();
    const auto cost = made<plumbline_cost>(plumbline_predict, c.session.get(), schedule.get(), "uniform");
    c.session.reset();
    EXPECT_STREQ(plumbline_cost_part_name(cost.get(), 0), "fsrcnn");
    EXPECT_STREQ(plumbline_cost_traffic_memory_name(cost.get(), 0, plumbline_cost_traffic_count(cost.get(), 0) - 1),
                 "dram");
}

TEST(HandlesInC, ServeSeveralThreadsAtOnceWhereEachHasASession)
{
    const CNetwork c;
    const auto schedule = c.schedule();
    const auto predicted = [&schedule](double& energy) {
        const auto own = session();
        const auto cost = made<plumbline_cost>(plumbline_predict, own.get(), schedule.get(), "uniform");
        energy = plumbline_cost_energy(cost.get(), 0);
    };
    std::vector<double> energies(4);
    std::vector<std::thread> threads;
    threads.reserve(energies.size());
    for (double& energy : energies) threads.emplace_back(predicted, std::ref(energy));
    for (std::thread& thread : threads) thread.join();
    EXPECT_GT(energies[0], 0);
    EXPECT_THAT(energies, ::testing::Each(energies[0]));
}

TEST(HandlesInC, ThatAreNullAnswerWithNothing)
{
    EXPECT_EQ(plumbline_session_error(nullptr), nullptr);
    EXPECT_EQ(plumbline_built_in_count(nullptr, PLUMBLINE_WORKLOAD), 0U);
    EXPECT_EQ(plumbline_accelerator_name(nullptr), nullptr);
    EXPECT_EQ(plumbline_accelerator_memory_size(nullptr, 0), 0);
    EXPECT_EQ(plumbline_workload_layer_name(nullptr, 0), nullptr);
    EXPECT_EQ(plumbline_schedule_stack_count(nullptr), 0U);
    EXPECT_EQ(plumbline_cost_part_count(nullptr), 0U);
    EXPECT_EQ(plumbline_cost_energy(nullptr, 0), 0);
    EXPECT_EQ(plumbline_cost_part_name(nullptr, 0), nullptr);
    plumbline_cost_destroy(nullptr);
    plumbline_session_destroy(nullptr);
}

TEST(HandlesInC, OutOfRangeAnswerWithNothing)
{
    const CNetwork c;
    const auto schedule = c.schedule();
    const auto cost = made<plumbline_cost>(plumbline_predict, c.session.get(), schedule.get(), "uniform");
    const std::size_t parts = plumbline_cost_part_count(cost.get());
    EXPECT_EQ(plumbline_cost_part_name(cost.get(), parts), nullptr);
    EXPECT_EQ(plumbline_cost_latency(cost.get(), parts), 0);
    EXPECT_EQ(plumbline_cost_phase(cost.get(), 0, static_cast<plumbline_phase>(5)), 0);
    const std::size_t rows = plumbline_cost_traffic_count(cost.get(), 0);
    EXPECT_EQ(plumbline_cost_traffic_operand(cost.get(), 0, rows), nullptr);
    EXPECT_EQ(plumbline_cost_traffic_accesses(cost.get(), 0, rows, PLUMBLINE_READ_DOWN), 0);
    EXPECT_EQ(plumbline_accelerator_memory_name(c.accelerator.get(), SIZE_MAX), nullptr);
    EXPECT_EQ(plumbline_workload_layer_id(c.workload.get(), SIZE_MAX), 0);
}

TEST(DescriptionsInC, AreThoseOfTheModel)
{
    const Network network;
    const CNetwork c;
    EXPECT_EQ(plumbline_accelerator_name(c.accelerator.get()), network.accelerator.name());
    ASSERT_EQ(plumbline_accelerator_memory_count(c.accelerator.get()), network.accelerator.memories().size());
    for (MemoryId id = 0; id < network.accelerator.memories().size(); ++id) {
        EXPECT_EQ(plumbline_accelerator_memory_name(c.accelerator.get(), id), network.accelerator.memory(id).name);
        EXPECT_EQ(plumbline_accelerator_memory_size(c.accelerator.get(), id),
                  network.accelerator.memory(id).size.count());
    }
    EXPECT_EQ(plumbline_workload_name(c.workload.get()), network.workload.name());
    ASSERT_EQ(plumbline_workload_layer_count(c.workload.get()), network.workload.layers().size());
    for (std::size_t i = 0; i < network.workload.layers().size(); ++i) {
        EXPECT_EQ(plumbline_workload_layer_name(c.workload.get(), i), network.workload.layers()[i].name);
        EXPECT_EQ(plumbline_workload_layer_id(c.workload.get(), i), network.workload.layers()[i].id);
    }
}

TEST(DescriptionsInC, ThatAreBuiltInAllHaveANameThatLoads)
{
    const auto own = session();
    const std::size_t count = plumbline_built_in_count(own.get(), PLUMBLINE_ACCELERATOR);
    EXPECT_GT(count, 0U);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string name = plumbline_built_in_name(own.get(), PLUMBLINE_ACCELERATOR, i);
        const auto accelerator = made<plumbline_accelerator>(plumbline_accelerator_load, own.get(), name.c_str());
        EXPECT_TRUE(made<plumbline_mapping>(plumbline_mapping_load, own.get(), nullptr, accelerator.get())) << name;
    }
    EXPECT_EQ(plumbline_built_in_name(own.get(), PLUMBLINE_ACCELERATOR, count), nullptr);
    EXPECT_EQ(plumbline_built_in_count(own.get(), static_cast<plumbline_description>(3)), 0U);
}

TEST(RefusalInC, OfABadFileNamesFileLineAndField)
{
    const CNetwork c;
    const std::string good = text_of(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml");
    const std::string bad = edited(good, "size:", "seize:");
    const auto line = 1 + std::count(bad.begin(), bad.begin() + static_cast<long>(bad.find("seize:")), '\n');
    plumbline_accelerator* accelerator = c.accelerator.get();
    EXPECT_EQ(plumbline_accelerator_parse(c.session.get(), bad.c_str(), "mine.yaml", &accelerator),
              PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(accelerator, nullptr);
    EXPECT_THAT(c.error(), StartsWith("mine.yaml:" + std::to_string(line) + ": "));
    EXPECT_THAT(c.error(), HasSubstr("seize"));
}

TEST(RefusalInC, OfAnUnknownNameListsThoseThatThereAre)
{
    const auto own = session();
    plumbline_workload* workload = nullptr;
    EXPECT_EQ(plumbline_workload_load(own.get(), "fsrcn", &workload), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(plumbline_session_error(own.get()), StartsWith("workload: 'fsrcn' is neither a file nor built in"));
    EXPECT_THAT(plumbline_session_error(own.get()), HasSubstr("fsrcnn"));
}

TEST(RefusalInC, IsForgottenWithTheNextCall)
{
    const CNetwork c;
    EXPECT_EQ(plumbline_options_set_mode(c.session.get(), c.options.get(), "cached"), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("mode: 'cached' is unknown, expected fully-recompute"));
    EXPECT_EQ(plumbline_options_set_mode(c.session.get(), c.options.get(), "h-cached"), PLUMBLINE_OK);
    EXPECT_EQ(c.error(), "");
}

TEST(RefusalInC, OfWhatDoesNotFitIsAStatusOfItsOwn)
{
    const CNetwork c;
    const std::string text = edited(text_of(std::string{kPlatformsFolder} + "/accelerators/meta_prototype_df.yaml"),
                                    "size: 10000000000", "size: 1024");
    const auto narrow =
        made<plumbline_accelerator>(plumbline_accelerator_parse, c.session.get(), text.c_str(), "narrow.yaml");
    EXPECT_EQ(plumbline_options_set_tile(c.session.get(), c.options.get(), 60, 72), PLUMBLINE_OK);
    plumbline_schedule* schedule = nullptr;
    EXPECT_EQ(plumbline_schedule_plan(c.session.get(), narrow.get(), c.workload.get(), c.mapping.get(), c.options.get(),
                                      &schedule),
              PLUMBLINE_INFEASIBLE);
    EXPECT_EQ(schedule, nullptr);
    EXPECT_THAT(c.error(), HasSubstr("dram"));
}

TEST(RefusalInC, OfAnUnusableArgumentNamesIt)
{
    const CNetwork c;
    plumbline_session* session = c.session.get();
    plumbline_schedule* schedule = nullptr;
    const auto plan = [&](const plumbline_mapping* mapping) {
        return plumbline_schedule_plan(session, c.accelerator.get(), c.workload.get(), mapping, c.options.get(),
                                       &schedule);
    };
    EXPECT_EQ(plan(c.mapping.get()), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("tile: is missing"));
    EXPECT_EQ(plumbline_options_set_tile(session, c.options.get(), 0, 4), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("tile: 0x4"));
    EXPECT_EQ(plumbline_options_set_factors(session, c.options.get(), -1), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_options_set_weights(session, c.options.get(), 0, 0), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_options_set_objective(session, c.options.get(), "weighted"), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_options_set_tile(session, c.options.get(), 4, 4), PLUMBLINE_OK);
    EXPECT_EQ(plumbline_options_set_cuts(session, c.options.get(), "99"), PLUMBLINE_OK);
    EXPECT_EQ(plan(c.mapping.get()), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("cuts: '99' is no layer of fsrcnn"));
    EXPECT_EQ(plan(nullptr), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("mapping: is null"));
    EXPECT_EQ(plumbline_predict(nullptr, nullptr, nullptr, nullptr), PLUMBLINE_BAD_INPUT);
    EXPECT_EQ(plumbline_options_create(session, nullptr), PLUMBLINE_BAD_INPUT);
}

TEST(RefusalInC, OfRulesForAnotherArrayNamesBoth)
{
    const CNetwork c;
    const auto other = made<plumbline_accelerator>(plumbline_accelerator_load, c.session.get(), "tpu_like_df");
    EXPECT_EQ(plumbline_options_set_tile(c.session.get(), c.options.get(), 60, 72), PLUMBLINE_OK);
    plumbline_schedule* schedule = nullptr;
    EXPECT_EQ(plumbline_schedule_plan(c.session.get(), other.get(), c.workload.get(), c.mapping.get(), c.options.get(),
                                      &schedule),
              PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), HasSubstr(plumbline_accelerator_name(other.get())));
    EXPECT_THAT(c.error(), HasSubstr(plumbline_accelerator_name(c.accelerator.get())));
}

TEST(RefusalInC, OfASecondProfileSaysThatTheyDoNotAddUp)
{
    const CNetwork c;
    const auto profile = made<plumbline_profile>(plumbline_profile_parse, c.session.get(),
                                                 "schema: plumbline-calibration-1\nsteps: {dispatch: 3}\n", "p.yaml",
                                                 c.accelerator.get());
    const auto once = made<plumbline_accelerator>(plumbline_accelerator_calibrate, c.session.get(), c.accelerator.get(),
                                                  profile.get());
    plumbline_accelerator* twice = nullptr;
    EXPECT_EQ(plumbline_accelerator_calibrate(c.session.get(), once.get(), profile.get(), &twice), PLUMBLINE_BAD_INPUT);
    EXPECT_THAT(c.error(), StartsWith("accelerator: is calibrated already"));
}

TEST(VersionInC, IsThatOfTheHeader)
{
    EXPECT_EQ(plumbline_api_version(), PLUMBLINE_API_VERSION);
    EXPECT_THAT(plumbline_version(), ::testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

}  // namespace
}  // namespace plumbline::test
