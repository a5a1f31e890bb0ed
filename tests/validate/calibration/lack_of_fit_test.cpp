// SPDX-License-Identifier: Apache-2.0
// Planted truths with and without something that the profile has no parameter for.
#include "plumbline/validate/lack_of_fit.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "planted.hpp"

namespace plumbline::validate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr double kNoise = 0.01;
constexpr double kCyclesPerTile = 30;

/// Twelve amounts that are independent of each other, "tiles" the first of them.
std::vector<Feature> some_features(std::uint64_t seed, std::size_t schedules)
{
    test::Random random{1000 + seed};
    std::vector<Feature> features;
    for (std::size_t i = 0; i < 12; ++i) {
        Feature& feature = features.emplace_back();
        feature.name = i == 0 ? "tiles" : "amount " + std::to_string(i);
        for (std::size_t each = 0; each < schedules; ++each)
            feature.amounts.push_back(std::floor(random.of_any_magnitude(20, 20000)));
    }
    return features;
}

/// The problem of planted.hpp on a machine that takes some cycles for each tile besides, fitted as if it did not.
class PlantedFeature {
public:
    PlantedFeature(std::uint64_t seed, double cycles_per_tile, double noise = kNoise)
        : problem_{test::planted(seed, {2, 60, false, noise, 0})},
          features_{some_features(seed, problem_.works.size())}
    {
        const std::vector<double> cycles = problem_.predict(problem_.truth);
        for (std::size_t i = 0; i < cycles.size(); ++i)
            problem_.observations[i].observed *= 1 + cycles_per_tile * features_[0].amounts[i] / cycles[i];
        fit_ = fit_parameters(problem_.parameters, problem_.observations, problem_.predictor(), {});
    }

    LackOfFit lack_of_fit() const
    {
        Unexplained data;
        data.predicted = problem_.predict(fit_.values());
        data.features = features_;
        for (std::size_t i = 0; i < data.predicted.size(); ++i)
            data.residuals.push_back(std::log(data.predicted[i] / problem_.observations[i].observed));
        for (std::size_t i = 0; i < problem_.parameters.size(); ++i)
            if (!stays_initial(fit_.estimates[i].knowledge)) data.effects.push_back(effect_of(i));
        return validate::lack_of_fit(data, {});
    }

    double truth(const std::string& parameter) const { return problem_.truth[problem_.index(parameter)]; }
    double value(const std::string& parameter) const { return fit_.estimates[problem_.index(parameter)].value; }

private:
    ParameterEffect effect_of(std::size_t parameter) const
    {
        const double step = problem_.parameters[parameter].step;
        std::vector<double> lower = fit_.values();
        std::vector<double> higher = lower;
        lower[parameter] -= step;
        higher[parameter] += step;
        const std::vector<double> below = problem_.predict(lower);
        const std::vector<double> above = problem_.predict(higher);
        ParameterEffect effect{problem_.parameters[parameter].name, {}};
        for (std::size_t i = 0; i < below.size(); ++i)
            effect.derivatives.push_back(std::log(above[i] / below[i]) / (2 * step));
        return effect;
    }

    test::PlantedProblem problem_;
    std::vector<Feature> features_;
    Fit fit_;
};

constexpr std::uint64_t kSeeds = 20;

TEST(LackOfFit, IsFoundWhereTheProfileLacksAParameter)
{
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const LackOfFit lack = PlantedFeature{seed, kCyclesPerTile}.lack_of_fit();
        ASSERT_TRUE(lack.enough);
        EXPECT_EQ(lack.tried, 12U);
        const bool first = !lack.found.empty() && lack.found.front().name == "tiles";
        found += first ? 1 : 0;
        if (first) { EXPECT_NEAR(lack.found.front().cycles, kCyclesPerTile, 0.3 * kCyclesPerTile) << seed; }
    }
    EXPECT_GE(found, kSeeds - 1);
}

TEST(LackOfFit, IsNotFoundWhereTheProfileHasAll)
{
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed)
        found += PlantedFeature{seed, 0}.lack_of_fit().found.empty() ? 0 : 1;
    EXPECT_LE(found, 1U);
}

/// Parameters that made up for the feature go back to where they were planted.
TEST(LackOfFit, SaysWhereParametersWouldBe)
{
    const PlantedFeature planted{3, 1, 0};
    const LackOfFit lack = planted.lack_of_fit();
    ASSERT_FALSE(lack.found.empty());
    EXPECT_NEAR(lack.found.front().cycles, 1, 0.01);
    for (std::size_t i = 0; i < lack.parameters.size(); ++i) {
        const std::string& name = lack.parameters[i];
        const double before = std::abs(planted.value(name) - planted.truth(name));
        const double after = std::abs(planted.value(name) + lack.found.front().shifts[i] - planted.truth(name));
        EXPECT_LT(after, 0.1 * before) << name;
    }
}

/// Schedules that parameters predict in part, as a machine would that takes 2 cycles a tile besides.
Unexplained by_hand()
{
    Unexplained data;
    data.predicted = {100, 200, 400, 100, 200, 400, 100, 200};
    const std::vector<double> tiles{1, 0, 4, 2, 3, 0, 0, 5};
    for (std::size_t i = 0; i < tiles.size(); ++i)
        data.residuals.push_back(-2 * tiles[i] / data.predicted[i]);  // to first order
    data.features = {{"tiles", tiles}, {"copies", {3, 1, 4, 1, 5, 9, 2, 6}}};
    return data;
}

TEST(LackOfFit, SaysHowManyCyclesAFeatureTakes)
{
    const LackOfFit lack = lack_of_fit(by_hand(), {});
    ASSERT_EQ(lack.found.size(), 1U);
    EXPECT_EQ(lack.found.front().name, "tiles");
    EXPECT_NEAR(lack.found.front().cycles, 2, 1e-9);
    EXPECT_THAT(lack.found.front().alike, IsEmpty());
    // 8! orders, of which few explain as much; 4,999 are tried.
    EXPECT_LE(lack.found.front().probability, 0.01);
}

TEST(LackOfFit, NamesFeaturesThatGoTogether)
{
    Unexplained data = by_hand();
    data.features.push_back({"weights loaded", {2, 0, 8, 4, 6, 0, 0, 10}});
    const LackOfFit lack = lack_of_fit(data, {});
    ASSERT_EQ(lack.found.size(), 1U);
    std::vector<std::string> names = lack.found.front().alike;
    names.push_back(lack.found.front().name);
    EXPECT_THAT(names, UnorderedElementsAre("tiles", "weights loaded"));
}

TEST(LackOfFit, TriesNothingThatParametersDo)
{
    Unexplained data = by_hand();
    ParameterEffect effect{"cycles of a tile", {}};
    for (std::size_t i = 0; i < data.predicted.size(); ++i)
        effect.derivatives.push_back(data.features[0].amounts[i] / data.predicted[i]);
    data.effects = {effect};
    const LackOfFit lack = lack_of_fit(data, {});
    EXPECT_EQ(lack.tried, 1U);
    EXPECT_THAT(lack.found, IsEmpty());
    EXPECT_THAT(lack.parameters, ElementsAre("cycles of a tile"));
}

TEST(LackOfFit, IsNotTestedOnFewSchedules)
{
    Unexplained data = by_hand();
    data.predicted.resize(4);
    data.residuals.resize(4);
    for (Feature& feature : data.features) feature.amounts.resize(4);
    EXPECT_FALSE(lack_of_fit(data, {}).enough);
}

TEST(LackOfFit, LeavesRoundingAlone)
{
    Unexplained data = by_hand();
    for (double& residual : data.residuals) residual *= 1e-3;
    EXPECT_THAT(lack_of_fit(data, {}).found, IsEmpty());
}

}  // namespace
}  // namespace plumbline::validate
