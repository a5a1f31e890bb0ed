// SPDX-License-Identifier: Apache-2.0
// What a fit finds of parameters that were planted: by itself, under noise, among corrupted rows, and where it cannot know.
#include "plumbline/validate/fit.hpp"

#include <array>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "model/input_error.hpp"
#include "planted.hpp"

namespace plumbline::validate::test {
namespace {

using plumbline::test::expect_input_error;

Fit fitted(const PlantedProblem& problem, const FitOptions& options = {})
{
    return fit_parameters(problem.parameters, problem.observations, problem.predictor(), options);
}

/// Share of intervals that hold the planted value.
double coverage(const PlantedOptions& options, int problems)
{
    int inside = 0;
    int all = 0;
    for (int seed = 0; seed < problems; ++seed) {
        const PlantedProblem problem = planted(static_cast<std::uint64_t>(seed), options);
        const Fit fit = fitted(problem);
        for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
            EXPECT_EQ(fit.estimates[i].knowledge, Knowledge::identified) << seed << fit.estimates[i].name;
            inside += fit.estimates[i].interval.contains(problem.truth[i]) ? 1 : 0;
            ++all;
        }
    }
    return static_cast<double>(inside) / all;
}

void expect_same(const Fit& a, const Fit& b)
{
    EXPECT_EQ(a.values(), b.values());
    EXPECT_EQ(a.singular_values, b.singular_values);
    EXPECT_EQ(a.trust, b.trust);
    EXPECT_EQ(a.noise, b.noise);
    for (std::size_t i = 0; i < a.estimates.size(); ++i) {
        EXPECT_EQ(a.estimates[i].interval.least, b.estimates[i].interval.least);
        EXPECT_EQ(a.estimates[i].interval.most, b.estimates[i].interval.most);
    }
}

TEST(Fit, RecoversWhatWasPlanted)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        PlantedOptions options;
        options.memories = 2 + seed % 3;
        const PlantedProblem problem = planted(seed, options);
        const Fit fit = fitted(problem);
        EXPECT_TRUE(fit.converged);
        for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
            ASSERT_EQ(fit.estimates[i].knowledge, Knowledge::identified) << seed << fit.estimates[i].name;
            EXPECT_NEAR(fit.estimates[i].value / problem.truth[i], 1, 0.001) << seed << fit.estimates[i].name;
            EXPECT_TRUE(fit.estimates[i].interval.contains(problem.truth[i])) << seed << fit.estimates[i].name;
        }
    }
}

TEST(Fit, RecoversWithinFivePercentFromWholeCycles)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        PlantedProblem problem = planted(seed, {});
        for (Observation& row : problem.observations) row.observed = std::round(row.observed);
        const auto whole = [&](const std::vector<double>& values) {
            std::vector<double> cycles = problem.predict(values);
            for (double& each : cycles) each = std::round(each);
            return cycles;
        };
        const Fit fit = fit_parameters(problem.parameters, problem.observations, whole, {});
        for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
            EXPECT_NEAR(fit.estimates[i].value / problem.truth[i], 1, 0.05) << seed << fit.estimates[i].name;
        }
    }
}

// 700 to 1400 intervals of 95 %: the share that holds the truth has a standard error of at most 1 %, were they independent.
TEST(Fit, HoldsTheTruthInItsIntervalsUnderNoise)
{
    PlantedOptions options;
    options.noise = 0.01;
    EXPECT_NEAR(coverage(options, 200), 0.95, 0.02);
}

TEST(Fit, HoldsTheTruthInItsIntervalsAmongCorruptedRows)
{
    PlantedOptions options;
    options.noise = 0.01;
    options.corrupted = 0.05;
    EXPECT_NEAR(coverage(options, 200), 0.95, 0.02);
    options.schedules = 40;
    EXPECT_NEAR(coverage(options, 200), 0.95, 0.03);
}

TEST(Fit, KnowsTheNoise)
{
    PlantedOptions options;
    options.noise = 0.01;
    options.schedules = 1000;
    EXPECT_NEAR(fitted(planted(1, options)).noise, 0.01, 0.001);
}

TEST(Fit, LeavesNoSayToCorruptedRows)
{
    PlantedOptions options;
    options.noise = 0.01;
    PlantedProblem problem = planted(3, options);
    for (std::size_t row = 0; row < 6; ++row) problem.observations[row].observed *= 1.5;
    const Fit fit = fitted(problem);
    for (std::size_t row = 0; row < 6; ++row) EXPECT_EQ(fit.trust[row], 0) << row;
    const PlantedProblem sound = planted(3, options);
    const Fit without = fitted(sound);
    for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
        const Interval& interval = without.estimates[i].interval;
        EXPECT_NEAR(fit.estimates[i].value, without.estimates[i].value, (interval.most - interval.least) / 2);
    }
}

TEST(Fit, TellsWhichParametersAreSeenOnlyTogether)
{
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        PlantedOptions options;
        options.refreshes = true;
        const PlantedProblem problem = planted(seed, options);
        const Fit fit = fitted(problem);
        const std::size_t bandwidth = problem.index("memory 2 bandwidth");
        const std::size_t refresh = problem.index("refresh");
        EXPECT_EQ(fit.estimates[refresh].knowledge, Knowledge::collinear);
        EXPECT_EQ(fit.estimates[refresh].value, problem.parameters[refresh].initial);
        EXPECT_EQ(fit.estimates[bandwidth].knowledge, Knowledge::confounded);
        // Only the product is seen, and with no refresh the bandwidth is all of it.
        EXPECT_NEAR(fit.estimates[bandwidth].value / (problem.truth[bandwidth] * (1 - problem.truth[refresh])), 1,
                    1e-6);
        for (std::size_t i = 0; i < fit.estimates.size(); ++i) {
            if (i == bandwidth || i == refresh) continue;
            EXPECT_EQ(fit.estimates[i].knowledge, Knowledge::identified) << seed << fit.estimates[i].name;
            EXPECT_NEAR(fit.estimates[i].value / problem.truth[i], 1, 0.05) << seed << fit.estimates[i].name;
        }
        EXPECT_LT(fit.singular_values.back(), 1e-3);
    }
}

// d(b * (1 - r)) = 0 at r = 0: b grows by b for each 1 that r grows.
TEST(Fit, SaysWhichChangesNothingShows)
{
    PlantedOptions options;
    options.refreshes = true;
    const PlantedProblem problem = planted(4, options);
    const Fit fit = fitted(problem);
    ASSERT_EQ(fit.indistinct.size(), 1U);
    const auto& changes = fit.indistinct.front().changes;
    ASSERT_EQ(changes.size(), 2U);
    const double bandwidth = fit.estimates[problem.index("memory 2 bandwidth")].value;
    EXPECT_NEAR(changes[1].change / changes[0].change, bandwidth, 1e-4);
    EXPECT_THAT(in_words(fit.indistinct.front(), fit),
                ::testing::MatchesRegex("raising refresh by 0.01 and raising memory 2 bandwidth by 0.00.* change no "
                                        "prediction by more than noise"));
}

TEST(Fit, TellsWhichParametersNothingShows)
{
    PlantedProblem problem = planted(5, {});
    for (auto& work : problem.works) work.steps = 0;
    const std::vector<double> cycles = problem.predict(problem.truth);
    for (std::size_t i = 0; i < cycles.size(); ++i) problem.observations[i].observed = cycles[i];
    problem.parameters.back().initial = 77;
    const Fit fit = fitted(problem);
    EXPECT_EQ(fit.estimates.back().knowledge, Knowledge::insensitive);
    EXPECT_EQ(fit.estimates.back().value, 77);
    EXPECT_EQ(in_words(fit.indistinct.front(), fit), "raising dispatch by 10 changes no prediction by more than noise");
    EXPECT_NEAR(fit.estimates.front().value / problem.truth.front(), 1, 1e-6);
}

TEST(Fit, LeavesNoiseLimitedParametersAlone)
{
    // A tenth of a cycle of thousands, among noise of a hundredth: the range of 0 to 1 stays open.
    const auto predict = [](const std::vector<double>& values) {
        std::vector<double> cycles;
        for (int i = 0; i < 50; ++i) cycles.push_back(values[0] * (1000 + 100 * i) + values[1] * (i % 3));
        return cycles;
    };
    Random random{1};
    std::vector<Observation> rows;
    for (double cycles : predict({2, 0.1})) {
        rows.push_back({std::to_string(rows.size()), "total", {}, cycles * std::exp(0.01 * random.normal()), 1});
    }
    const Fit fit = fit_parameters({{"scale", 1, 0.1, 10, 0.001}, {"whisper", 0.5, 0, 1, 0.01}}, rows, predict, {});
    EXPECT_EQ(fit.estimates[1].knowledge, Knowledge::noise_limited);
    EXPECT_EQ(fit.estimates[1].value, 0.5);
    EXPECT_TRUE(fit.estimates[0].interval.contains(2));
}

/// Every evaluation, those for derivatives too, lies within the bounds.
Fit fitted_within_bounds(const PlantedProblem& problem)
{
    const auto guarded = [&](const std::vector<double>& values) {
        bool within = true;
        for (std::size_t i = 0; i < values.size(); ++i) {
            within = within && values[i] >= problem.parameters[i].least && values[i] <= problem.parameters[i].most;
        }
        EXPECT_TRUE(within);
        return problem.predict(values);
    };
    return fit_parameters(problem.parameters, problem.observations, guarded, {});
}

TEST(Fit, StopsAtTheBoundWhereTheTruthIsBeyond)
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        PlantedProblem narrow = planted(seed, {});
        FitParameter& bandwidth = narrow.parameters[0];
        bandwidth.initial = bandwidth.most = 0.8 * narrow.truth[0];
        const Estimate low = fitted_within_bounds(narrow).estimates[0];
        EXPECT_EQ(low.value, bandwidth.most) << seed;
        EXPECT_TRUE(low.at_bound) << seed;
        EXPECT_EQ(low.interval.most, bandwidth.most) << seed;

        PlantedProblem slow = planted(seed, {});
        FitParameter& dispatch = slow.parameters.back();
        dispatch.initial = dispatch.least = 1.5 * slow.truth.back();
        const Estimate high = fitted_within_bounds(slow).estimates.back();
        EXPECT_EQ(high.value, dispatch.least) << seed;
        EXPECT_TRUE(high.at_bound) << seed;
        EXPECT_EQ(high.interval.least, dispatch.least) << seed;
    }
}

TEST(Fit, LeavesABoundWhereTheLossHasAMinimumOfItsOwn)
{
    // Without overhead a row of `size` takes 1080 size, with a little of it 1000 size + 10 size overhead: at the bound the loss rises with
    // the overhead, and is least at 20.
    constexpr std::array<double, 8> kSizes{1, 2, 3, 4, 5, 6, 7, 8};
    const auto predict = [&](const std::vector<double>& values) {
        std::vector<double> cycles;
        for (double size : kSizes) cycles.push_back(size * (1000 + 10 * (values[0] > 0 ? values[0] : 8)));
        return cycles;
    };
    std::vector<Observation> rows;
    for (double size : kSizes)
        rows.push_back(
            {"schedule " + std::to_string(rows.size()), "total", {}, 1200 * size + (rows.size() % 2 == 0 ? 1 : -1), 1});
    const Estimate overhead = fit_parameters({{"overhead", 0, 0, 100, 1}}, rows, predict, {}).estimates[0];
    EXPECT_NEAR(overhead.value, 20, 0.1);
    EXPECT_FALSE(overhead.at_bound);
}

TEST(Fit, IsTheSameWhoeverComputesIt)
{
    PlantedOptions options;
    options.noise = 0.01;
    options.corrupted = 0.05;
    const PlantedProblem problem = planted(8, options);
    const Fit alone = fitted(problem);
    FitOptions threaded;
    for (int threads : {2, 3, 8}) {
        threaded.threads = threads;
        expect_same(alone, fitted(problem, threaded));
    }
    expect_same(alone, fitted(problem));
}

TEST(Fit, ListensMoreToHeavierRows)
{
    // Two rows of three say 10, one says 11 and weighs a million times as much; residuals too close to be corrupt.
    const auto predict = [](const std::vector<double>& values) { return std::vector<double>(3, values[0]); };
    const std::vector<FitParameter> parameters{{"cycles", 5, 1, 100, 0.01}};
    std::vector<Observation> rows{
        {"a", "total", {}, 10, 1e-6}, {"b", "total", {}, 10, 1e-6}, {"c", "total", {}, 11, 1}};
    EXPECT_NEAR(fit_parameters(parameters, rows, predict, {}).estimates[0].value, 11, 0.001);
}

TEST(Fit, RefusesWhatItCannotFit)
{
    const PlantedProblem problem = planted(9, {});
    const auto fit = [&](const std::vector<FitParameter>& parameters, const std::vector<Observation>& rows) {
        return fit_parameters(parameters, rows, problem.predictor(), {});
    };
    auto parameters = problem.parameters;
    parameters[0].initial = 2;
    expect_input_error([&] { fit(parameters, problem.observations); }, "parameters.memory 0 bandwidth",
                       "within its bounds");
    parameters[0] = {"memory 0 bandwidth", 1, 1, 0, 0.001};
    expect_input_error([&] { fit(parameters, problem.observations); }, "parameters.memory 0 bandwidth",
                       "has bounds 1 to 0");
    auto rows = problem.observations;
    rows[2].observed = 0;
    expect_input_error([&] { fit(problem.parameters, rows); }, "observations[2].observed",
                       "expected a positive number");
    rows = problem.observations;
    rows[2].schedule = rows[1].schedule;
    expect_input_error([&] { fit(problem.parameters, rows); }, "observations[2]", "is given twice");
    rows.resize(2);
    rows[1] = problem.observations[1];
    expect_input_error([&] { fit(problem.parameters, rows); }, "observations", "are 2 for 7 parameters, expected more");
}

TEST(Fit, PassesOnWhatThePredictorThrows)
{
    const PlantedProblem problem = planted(9, {});
    std::atomic<int> calls{0};
    const auto failing = [&](const std::vector<double>& values) {
        if (++calls > 20) throw std::runtime_error{"out of order"};
        return problem.predict(values);
    };
    EXPECT_THROW(fit_parameters(problem.parameters, problem.observations, failing, {}), std::runtime_error);
    const auto negative = [&](const std::vector<double>&) {
        return std::vector<double>(problem.observations.size(), -1.0);
    };
    expect_input_error([&] { fit_parameters(problem.parameters, problem.observations, negative, {}); },
                       "predictions[0]", "'total' of 'schedule 0' is -1, expected a positive number");
}

}  // namespace
}  // namespace plumbline::validate::test
