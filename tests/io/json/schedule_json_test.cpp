// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/schedule_json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "io/edited_text.hpp"
#include "model/input_error.hpp"
#include "model/tiny.hpp"

namespace plumbline::test {
namespace {

/// Line on which the first `part` stands.
int line_with(const std::string& text, const std::string& part)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(text.find(part));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

/// The error stands where the edit was made.
void expect_schedule_refused(const std::string& from, const std::string& to, const std::string& field,
                             const std::string& part)
{
    const std::string good = io::to_json(tiny_schedule(), tiny_accelerator());
    const std::string text = edited(good, from, to);
    expect_input_error([&] { io::schedule_from_json(text, "s.json", tiny_accelerator(), tiny_workload()); },
                       {"s.json", line_with(good, from), field}, part);
}

TEST(ScheduleJson, GivesBackWhatWasWritten)
{
    const std::string text = io::to_json(tiny_schedule(), tiny_accelerator());
    EXPECT_EQ(io::schedule_from_json(text, "s.json", tiny_accelerator(), tiny_workload()), tiny_schedule());
    EXPECT_NE(text.find("\"schema\": \"plumbline/schedule/1\""), std::string::npos);
}

TEST(ScheduleJson, GivesBackAMapping)
{
    const auto step = std::get<ComputeStep>(tiny_schedule().stacks[0].classes[0].steps[1]);
    const Layer layer = tiny_workload().layer(step.layer);
    const std::string text = io::to_json(step.mapping, tiny_accelerator());
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(io::mapping_from_json(text, "m", tiny_accelerator(), layer), step.mapping);
}

TEST(ScheduleJson, RefusesAMappingThatDoesNotFitItsLayer)
{
    const auto step = std::get<ComputeStep>(tiny_schedule().stacks[0].classes[0].steps[1]);
    LayerMapping mapping = step.mapping;
    mapping.operands.pop_back();
    const std::string text = io::to_json(mapping, tiny_accelerator());
    EXPECT_THROW(io::mapping_from_json(text, "m", tiny_accelerator(), tiny_workload().layer(step.layer)), InputError);
    EXPECT_THROW(io::mapping_from_json("{}", "m", tiny_accelerator(), tiny_workload().layer(step.layer)), InputError);
}

TEST(ScheduleJson, GivesBackRangesAndPadding)
{
    Schedule schedule = tiny_schedule();
    TileClass& last = schedule.stacks[0].classes[1];
    last.columns = {1, 1};
    std::get<ComputeStep>(last.steps[1]).mapping.operands[2].padding = {{0, 1}, {1, 1, 2}};
    const std::string text = io::to_json(schedule, tiny_accelerator());
    EXPECT_EQ(io::schedule_from_json(text, "s.json", tiny_accelerator()), schedule);
    EXPECT_EQ(io::to_json(tiny_schedule(), tiny_accelerator()).find("padding"), std::string::npos);
}

TEST(ScheduleJson, KeepsEveryBitOfASpatialSize)
{
    Schedule schedule = tiny_schedule();
    auto& mapping = std::get<ComputeStep>(schedule.stacks[0].classes[0].steps[1]).mapping;
    for (const double size : {46.0 / 12.0, 1.0 / 3.0 + 1.0, 1.9999999999999998}) {
        mapping.operands[0].spatial[1][0].size = size;
        const std::string text = io::to_json(schedule, tiny_accelerator());
        EXPECT_EQ(io::schedule_from_json(text, "s.json", tiny_accelerator()), schedule);
    }
}

TEST(ScheduleJson, WritesAndReadsFiles)
{
    const auto folder = std::filesystem::path{::testing::TempDir()} / "plumbline_schedule_json";
    std::filesystem::create_directories(folder);
    const std::string path = (folder / "s.json").string();
    io::write_schedule(path, tiny_schedule(), tiny_accelerator());
    io::write_schedule(path, tiny_schedule(), tiny_accelerator());
    EXPECT_EQ(io::read_schedule(path, tiny_accelerator()), tiny_schedule());
    EXPECT_EQ(io::read_schedule(path, tiny_accelerator(), tiny_workload()), tiny_schedule());
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{folder}, {}), 1) << "no temporary is left";
    std::filesystem::remove_all(folder);
    expect_input_error([&] { io::read_schedule(path, tiny_accelerator()); }, {path, 0, ""}, "cannot be read");
    expect_input_error([&] { io::write_schedule(path, tiny_schedule(), tiny_accelerator()); }, {path, 0, ""},
                       "cannot be written");
}

TEST(ScheduleJson, RefusesTruncatedText)
{
    const std::string text = "{\n \"schema\": \"plumbline/schedule/1\",\n \"stacks\": [\n";
    expect_input_error([&] { io::schedule_from_json(text, "s.json", tiny_accelerator()); }, {"s.json", 4, ""},
                       "not valid JSON");
    expect_input_error([] { io::schedule_from_json("", "s.json", tiny_accelerator()); }, {"s.json", 1, ""},
                       "not valid");
    expect_input_error([] { io::schedule_from_json("[]", "s.json", tiny_accelerator()); }, {"s.json", 1, ""},
                       "expected an object");
}

TEST(ScheduleJson, RefusesOtherSchemas)
{
    expect_schedule_refused("plumbline/schedule/1", "plumbline/schedule/2", "schema",
                            "expected 'plumbline/schedule/1'");
}

TEST(ScheduleJson, RefusesUnknownNames)
{
    expect_schedule_refused("\"fully-recompute\"", "\"half-cached\"", "stacks[0].mode", "'half-cached' is unknown");
    expect_schedule_refused("\"reserved\"", "\"greedy\"", "capacity", "optimistic or reserved");
    expect_schedule_refused("\"first\"", "\"leftmost\"", "stacks[0].classes[0].column",
                            "first, second, middle, last or only");
    expect_schedule_refused("\"stack-input\"", "\"because\"", "stacks[0].classes[0].steps[0].copies[0].reason",
                            "'because'");
    expect_schedule_refused("\"memory\": \"dram\"", "\"memory\": \"drum\"",
                            "stacks[0].classes[0].steps[0].copies[0].from.memory",
                            "'drum' is no memory of tiny, did you mean 'dram'?");
    expect_schedule_refused("\"step\": \"compute\"", "\"step\": \"dream\"", "stacks[0].classes[0].steps[1].step",
                            "copy or compute");
    expect_schedule_refused("\"C\",", "\"Q\",", "stacks[0].classes[0].steps[1].mapping.operands[0].temporal[0][0][0]",
                            "'Q'");
}

TEST(ScheduleJson, RefusesValuesOfTheWrongType)
{
    expect_schedule_refused("\"x\": 4", "\"x\": \"4\"", "stacks[0].tile.x", "is \"4\", expected an integer");
    expect_schedule_refused("\"x\": 4", "\"x\": 4.5", "stacks[0].tile.x", "is 4.5, expected an integer");
    expect_schedule_refused("\"x\": 4", "\"x\": 18446744073709551615", "stacks[0].tile.x", "expected an integer");
    expect_schedule_refused("\"loads_weights\": true", "\"loads_weights\": 1", "stacks[0].classes[0].loads_weights",
                            "true or false");
    expect_schedule_refused("\"producer\": null", "\"producer\": {}",
                            "stacks[0].classes[0].steps[0].copies[0].region.producer",
                            "is an object, expected an integer");
}

TEST(ScheduleJson, RefusesSizesThatAreNotPositive)
{
    expect_schedule_refused("\"x\": 4", "\"x\": -4", "stacks[0].tile.x", "is -4");
    expect_schedule_refused("\"rows\": 6", "\"rows\": 0", "stacks[0].classes[0].steps[0].copies[0].region.rows",
                            "is 0");
    expect_schedule_refused("\"K\": 2", "\"K\": -2", "stacks[0].classes[0].steps[1].mapping.sizes.K", "is -2");
}

TEST(ScheduleJson, RefusesKeysThatAreMissingOrUnknown)
{
    expect_schedule_refused("\"mode\"", "\"mood\"", "stacks[0].mood", "did you mean 'mode'?");
    const std::string text = edited(io::to_json(tiny_schedule(), tiny_accelerator()), "\"count\": 1,", "");
    expect_input_error([&] { io::schedule_from_json(text, "s.json", tiny_accelerator()); },
                       {"s.json", line_with(text, "\"classes\"") + 1, "stacks[0].classes[0].count"}, "is missing");
}

TEST(ScheduleJson, RefusesSchedulesForSomethingElse)
{
    expect_schedule_refused("\"accelerator\": \"tiny\"", "\"accelerator\": \"huge\"", "accelerator",
                            "is 'huge', expected 'tiny'");
    expect_schedule_refused("\"workload\": \"pair\"", "\"workload\": \"trio\"", "workload",
                            "for 'trio', not for 'pair'");
}

TEST(ScheduleJson, SaysOnWhichLineAScheduleDoesNotFit)
{
    expect_schedule_refused("\"columns\": 2", "\"columns\": 3", "stacks[0].grid.columns", "in 2");
}

TEST(ScheduleJson, KeepsTheStepsOfARegionAndWritesNoneOfOne)
{
    Schedule schedule = tiny_schedule();
    EXPECT_EQ(io::to_json(schedule, tiny_accelerator()).find("_step"), std::string::npos);
    auto& region = std::get<CopyStep>(schedule.stacks[0].classes[0].steps[0]).copies[0].region;
    region.row_step = 2;
    region.column_step = 3;
    const std::string text = io::to_json(schedule, tiny_accelerator());
    EXPECT_EQ(io::schedule_from_json(text, "s.json", tiny_accelerator()), schedule);
    EXPECT_NE(text.find("\"row_step\": 2"), std::string::npos);
    EXPECT_NE(text.find("\"column_step\": 3"), std::string::npos);
}

}  // namespace
}  // namespace plumbline::test
