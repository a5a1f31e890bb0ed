// SPDX-License-Identifier: Apache-2.0
// Errors and rankings against numbers worked out by hand, and against a count of all pairs.
#include "plumbline/validate/accuracy.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "planted.hpp"

namespace plumbline::validate::test {
namespace {

/// Tau-b by its definition: every pair is looked at.
std::optional<double> tau_of_all_pairs(const std::vector<double>& a, const std::vector<double>& b)
{
    double score = 0;
    double untied_a = 0;
    double untied_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const int order_a = (a[i] > a[j]) - (a[i] < a[j]);
            const int order_b = (b[i] > b[j]) - (b[i] < b[j]);
            score += order_a * order_b;
            untied_a += order_a * order_a;
            untied_b += order_b * order_b;
        }
    }
    if (untied_a == 0 || untied_b == 0) return std::nullopt;
    return score / std::sqrt(untied_a * untied_b);
}

/// Everything held out but a schedule that nobody looks at.
HeldOutPredictions judged(std::vector<Observation> rows, const std::vector<double>& predicted)
{
    rows.push_back({"fitted", "total", {}, 1, 1});
    const Split split = split_by(rows, [](const std::string& schedule) { return schedule == "fitted"; });
    return {split.held_out, predicted, {"fitted"}};
}

TEST(Accuracy, IsWhatAHandWorksOut)
{
    // Deviations +10 %, -20 %, +40 %, 0.
    const HeldOutPredictions rows = judged(
        {{"a", "total", {}, 100, 1}, {"b", "total", {}, 200, 9}, {"c", "total", {}, 50, 1}, {"d", "total", {}, 80, 1}},
        {110, 160, 70, 80});
    const Accuracy accuracy = accuracy_of(rows);
    EXPECT_EQ(accuracy.rows, 4U);
    EXPECT_NEAR(accuracy.mape, (0.1 + 0.2 + 0.4 + 0) / 4, 1e-12);
    EXPECT_NEAR(accuracy.bias, (0.1 - 0.2 + 0.4 + 0) / 4, 1e-12);
    EXPECT_NEAR(accuracy.worst, 0.4, 1e-12);
    EXPECT_EQ(accuracy.worst_schedule, "c");
    // 70 < 80 < 110 < 160, and 50 < 80 < 100 < 200: c, d, a, b either way.
    EXPECT_EQ(accuracy.kendall_tau, 1);
}

TEST(Accuracy, ComesByQuantityAndByStratum)
{
    const HeldOutPredictions rows = judged({{"a", "total", "x", 100, 1},
                                            {"a", "loading", "x", 10, 1},
                                            {"b", "total", "y", 100, 1},
                                            {"b", "loading", "y", 10, 1}},
                                           {110, 10, 90, 15});
    const auto by_quantity = accuracy_by(rows, Group::quantity);
    ASSERT_EQ(by_quantity.size(), 2U);
    EXPECT_NEAR(by_quantity.at("total").mape, 0.1, 1e-12);
    EXPECT_NEAR(by_quantity.at("total").bias, 0, 1e-12);
    EXPECT_NEAR(by_quantity.at("loading").mape, 0.25, 1e-12);
    const auto by_stratum = accuracy_by(rows, Group::stratum);
    ASSERT_EQ(by_stratum.size(), 2U);
    EXPECT_NEAR(by_stratum.at("x").mape, 0.05, 1e-12);
    EXPECT_NEAR(by_stratum.at("y").worst, 0.5, 1e-12);
}

TEST(KendallTau, CountsPairs)
{
    EXPECT_EQ(kendall_tau({1, 2, 3, 4}, {10, 20, 30, 40}), 1);
    EXPECT_EQ(kendall_tau({1, 2, 3, 4}, {40, 30, 20, 10}), -1);
    // Of 6 pairs, one (3 against 2) is the wrong way round: (5 - 1) / 6.
    EXPECT_NEAR(kendall_tau({1, 2, 3, 4}, {1, 3, 2, 4}).value(), 4.0 / 6, 1e-15);
}

TEST(KendallTau, GivesTiesNoSay)
{
    // Pairs of 1 2 2 3 against 1 2 3 4: five agree; the tied one counts on the right only: 5 / sqrt(5 * 6).
    EXPECT_NEAR(kendall_tau({1, 2, 2, 3}, {1, 2, 3, 4}).value(), 5 / std::sqrt(30.0), 1e-15);
    // 1 1 2 2 against 1 2 1 2: of the four pairs that the left does not tie, two tie on the right, one agrees, one not.
    EXPECT_NEAR(kendall_tau({1, 1, 2, 2}, {1, 2, 1, 2}).value(), 0, 1e-15);
    // The same pair tied on both sides: 5 of 5.
    EXPECT_NEAR(kendall_tau({1, 2, 2, 3}, {5, 6, 6, 7}).value(), 1, 1e-15);
}

TEST(KendallTau, IsNoneWhereOneSideRanksNothing)
{
    EXPECT_EQ(kendall_tau({1, 1, 1}, {1, 2, 3}), std::nullopt);
    EXPECT_EQ(kendall_tau({1, 2, 3}, {2, 2, 2}), std::nullopt);
    EXPECT_EQ(kendall_tau({1}, {2}), std::nullopt);
    EXPECT_EQ(kendall_tau({}, {}), std::nullopt);
}

TEST(KendallTau, AgreesWithACountOfAllPairs)
{
    Random random{11};
    for (int i = 0; i < 300; ++i) {
        const double values = std::floor(random.between(1, 30));  // few of them: many ties
        const auto count = static_cast<std::size_t>(random.between(0, 40));
        std::vector<double> a;
        std::vector<double> b;
        for (std::size_t j = 0; j < count; ++j) {
            a.push_back(std::floor(random.between(0, values)));
            b.push_back(std::floor(random.between(0, values)) + (random.chance(0.5) ? a.back() : 0));
        }
        const auto expected = tau_of_all_pairs(a, b);
        const auto found = kendall_tau(a, b);
        ASSERT_EQ(found.has_value(), expected.has_value());
        EXPECT_NEAR(found.value_or(0), expected.value_or(0), 1e-12);
    }
}

TEST(Accuracy, OnHeldOutRowsIsThatOfTheNoise)
{
    PlantedOptions options;
    options.noise = 0.01;
    options.schedules = 150;
    const PlantedProblem problem = planted(21, options);
    const Split split = split_off(problem.observations, 1.0 / 3, 4);
    const auto rows_of = [&](const std::vector<Observation>& rows, const std::vector<double>& all) {
        std::vector<double> chosen;
        for (const Observation& row : rows) chosen.push_back(all[std::stoul(row.schedule.substr(9))]);
        return chosen;
    };
    const Fit fit = fit_parameters(
        problem.parameters, split.fit,
        [&](const std::vector<double>& values) { return rows_of(split.fit, problem.predict(values)); }, {});
    std::vector<double> neutral;
    for (const FitParameter& parameter : problem.parameters) neutral.push_back(parameter.initial);
    const auto accuracy_at = [&](const std::vector<double>& values, const std::vector<std::string>& fitted_to) {
        const auto predicted = rows_of(split.held_out.rows(), problem.predict(values));
        return accuracy_of({split.held_out, predicted, fitted_to});
    };
    const Accuracy before = accuracy_at(neutral, {});
    const Accuracy after = accuracy_at(fit.values(), fit.fitted_to);
    EXPECT_GT(before.mape, 0.1);
    EXPECT_LT(before.bias, 0);  // neutral parameters promise too much
    // Mean magnitude of normal noise of 1 % is sqrt(2 / pi) %; 100 rows know it to 6 %, the fit's own error adds 7 of 50.
    EXPECT_NEAR(after.mape, 0.01 * std::sqrt(2 / std::acos(-1.0)), 0.0025);
    EXPECT_GT(after.kendall_tau.value(), 0.97);
}

}  // namespace
}  // namespace plumbline::validate::test
