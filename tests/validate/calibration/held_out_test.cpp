// SPDX-License-Identifier: Apache-2.0
// Splits that keep schedules together, and errors that cannot be shown of what was fitted to.
#include "plumbline/validate/held_out.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <type_traits>

#include "model/input_error.hpp"
#include "plumbline/validate/accuracy.hpp"

namespace plumbline::validate::test {
namespace {

using plumbline::test::expect_input_error;

// Nobody makes a held-out set of rows at hand, and rows at hand, fitted or not, have no accuracy.
static_assert(!std::is_constructible_v<HeldOutSet, std::vector<Observation>>);
static_assert(!std::is_default_constructible_v<HeldOutSet>);
static_assert(!std::is_default_constructible_v<HeldOutPredictions>);
static_assert(!std::is_constructible_v<HeldOutPredictions, std::vector<Observation>, std::vector<double>,
                                       std::vector<std::string>>);
static_assert(!std::is_invocable_v<decltype(accuracy_of), std::vector<Observation>>);
static_assert(std::is_invocable_v<decltype(accuracy_of), HeldOutPredictions>);

/// `count` schedules of two rows each, every third of another network.
std::vector<Observation> observations(int count)
{
    std::vector<Observation> rows;
    for (int i = 0; i < count; ++i) {
        const std::string name = "schedule " + std::to_string(i);
        for (const char* quantity : {"total", "loading"}) {
            rows.push_back({name, quantity, i % 3 == 0 ? "resnet18" : "fsrcnn", 100.0 + i, 1});
        }
    }
    return rows;
}

std::vector<double> observed(const HeldOutSet& set)
{
    std::vector<double> values;
    for (const Observation& row : set.rows()) values.push_back(row.observed);
    return values;
}

std::set<std::string> names(const std::vector<Observation>& rows)
{
    const std::vector<std::string> schedules = schedules_of(rows);
    return {schedules.begin(), schedules.end()};
}

std::map<std::string, std::size_t> schedules_per_stratum(const std::vector<Observation>& rows)
{
    std::map<std::string, std::size_t> counts;
    for (const Observation& row : rows) counts[row.stratum] += row.quantity == "total" ? 1U : 0U;
    return counts;
}

TEST(Split, KeepsTheRowsOfAScheduleTogether)
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto rows = observations(30);
        const Split split = split_off(rows, 1.0 / 3, seed);
        EXPECT_EQ(split.fit.size() + split.held_out.rows().size(), rows.size());
        EXPECT_EQ(names(split.fit).size(), 10U);
        for (const std::string& name : names(split.held_out.rows())) EXPECT_EQ(names(split.fit).count(name), 0U);
    }
}

TEST(Split, KeepsTheShareOfEachStratum)
{
    // Of 20 and 10 schedules, two in five are 8 and 4.
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const auto counts = schedules_per_stratum(split_off(observations(30), 0.4, seed).fit);
        EXPECT_EQ(counts.at("fsrcnn"), 8U);
        EXPECT_EQ(counts.at("resnet18"), 4U);
    }
}

TEST(Split, DependsOnTheSeedAndNotOnTheOrderOfRows)
{
    auto rows = observations(30);
    const auto first = names(split_off(rows, 0.5, 1).fit);
    EXPECT_EQ(names(split_off(rows, 0.5, 1).fit), first);
    EXPECT_NE(names(split_off(rows, 0.5, 2).fit), first);
    std::reverse(rows.begin(), rows.end());
    EXPECT_EQ(names(split_off(rows, 0.5, 1).fit), first);
}

TEST(Split, RefusesToLeaveASideEmpty)
{
    const auto rows = observations(3);
    expect_input_error([&] { split_off(rows, 0.01, 1); }, "observations", "leave nothing to fit to");
    expect_input_error([&] { split_off(rows, 0.99, 1); }, "observations", "leave nothing to hold out");
    expect_input_error([&] { split_off(rows, 1.5, 1); }, "share", "is 1.5, expected a share between 0 and 1");
}

TEST(Folds, HoldEachScheduleOutOnce)
{
    for (std::size_t count : {2U, 3U, 7U, 30U}) {
        std::map<std::string, int> held_out;
        for (const Split& split : folds(observations(30), count, 5)) {
            for (const std::string& name : names(split.held_out.rows())) {
                ++held_out[name];
                EXPECT_EQ(names(split.fit).count(name), 0U);
            }
            EXPECT_GE(names(split.held_out.rows()).size(), 30U / count);
            EXPECT_LE(names(split.held_out.rows()).size(), 30U / count + 1);
        }
        EXPECT_EQ(held_out.size(), 30U);
        for (const auto& [name, times] : held_out) EXPECT_EQ(times, 1) << name;
    }
}

TEST(Folds, RefuseANumberThatCannotBe)
{
    for (std::size_t count : {0U, 1U, 4U}) {
        expect_input_error([&] { folds(observations(3), count, 1); }, "folds",
                           "expected 2 to the number of schedules, 3");
    }
}

TEST(HeldOutPredictions, AreNoneOfWhatWasFittedTo)
{
    const auto rows = observations(12);
    const Split one = split_off(rows, 0.5, 1);
    const Split other = split_off(rows, 0.5, 2);
    const auto fitted = schedules_of(one.fit);
    EXPECT_NO_THROW(HeldOutPredictions(one.held_out, observed(one.held_out), fitted));
    ASSERT_NE(names(one.fit), names(other.fit));
    expect_input_error([&] { HeldOutPredictions(other.held_out, observed(other.held_out), fitted); }, "fitted_to",
                       "which is held out: an error on what was fitted to is no accuracy");
    expect_input_error([&] { HeldOutPredictions(one.held_out, {1}, {}); }, "predictions",
                       "are 1, expected one for each");
}

TEST(HeldOutPredictions, OfAllFoldsHaveEachRowOnce)
{
    const auto rows = observations(12);
    const std::vector<Split> splits = folds(rows, 4, 3);
    HeldOutPredictions all{splits[0].held_out, observed(splits[0].held_out), schedules_of(splits[0].fit)};
    for (std::size_t i = 1; i < splits.size(); ++i) {
        all.append({splits[i].held_out, observed(splits[i].held_out), schedules_of(splits[i].fit)});
    }
    EXPECT_EQ(all.rows().size(), rows.size());
    EXPECT_EQ(accuracy_of(all).mape, 0);
    const HeldOutPredictions again{splits[2].held_out, observed(splits[2].held_out), {}};
    expect_input_error([&] { all.append(again); }, "observations", "was held out twice");
}

TEST(Observations, HaveOneStratumPerSchedule)
{
    auto rows = observations(2);
    rows[1].stratum = "fsrcnn";
    expect_input_error([&] { check(rows); }, "observations[1].stratum", "is 'fsrcnn', expected 'resnet18'");
}

}  // namespace
}  // namespace plumbline::validate::test
