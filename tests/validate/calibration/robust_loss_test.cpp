// SPDX-License-Identifier: Apache-2.0
// The statistics under a fit, on private headers: tabulated quantiles, and identities of Tukey's loss.
#include "calibration/robust_loss.hpp"

#include <gtest/gtest.h>

#include "planted.hpp"

namespace plumbline::validate::test {
namespace {

using namespace detail;

// Student (1908) and Fisher's tables, two-sided.
TEST(StudentQuantile, IsThatOfTheTables)
{
    EXPECT_NEAR(student_quantile(0.95, 1), 12.706, 5e-4);
    EXPECT_NEAR(student_quantile(0.95, 2), 4.303, 5e-4);
    EXPECT_NEAR(student_quantile(0.95, 5), 2.571, 5e-4);
    EXPECT_NEAR(student_quantile(0.99, 10), 3.169, 5e-4);
    EXPECT_NEAR(student_quantile(0.90, 30), 1.697, 5e-4);
    EXPECT_NEAR(student_quantile(0.95, 1000000), 1.960, 2e-3);
}

TEST(TukeyLoss, HasASlopeThatIsTheDerivativeOfItsPull)
{
    for (double u = -6; u <= 6; u += 0.1) {
        const double h = 1e-5;
        const double pull_after = (u + h) * tukey_weight(u + h);
        const double pull_before = (u - h) * tukey_weight(u - h);
        EXPECT_NEAR(tukey_slope(u), (pull_after - pull_before) / (2 * h), 1e-6) << u;
    }
    EXPECT_EQ(tukey_weight(0), 1);
    EXPECT_EQ(tukey_weight(cut_off(Loss::tukey)), 0);
}

TEST(Spread, IsTheStandardDeviationOfNormalNoise)
{
    Random random{2};
    std::vector<double> residuals;
    for (int i = 0; i < 20000; ++i) residuals.push_back(0.03 * random.normal());
    EXPECT_NEAR(spread(residuals, 0, 1e-6), 0.03, 0.0006);
    for (int i = 0; i < 1000; ++i) residuals[static_cast<std::size_t>(i)] = 100;
    EXPECT_NEAR(spread(residuals, 0, 1e-6), 0.032, 0.0006);  // corrupt rows move a median a little, however far off
    EXPECT_EQ(spread({0, 0, 0}, 1, 1e-6), 1e-6);
    EXPECT_NEAR(spread({-1, 5, 0, 2}, 1, 1e-6), 1.4826 * 2, 1e-12);  // of 1, 2, 5: one parameter explains the smallest
}

// On normal noise Tukey's loss is 95 % as efficient as least squares: its variance is 1 / 0.95 of theirs.
TEST(EquivalentVariance, IsThatOfAnEfficiencyOf95Percent)
{
    Random random{3};
    std::vector<double> residuals;
    for (int i = 0; i < 100000; ++i) residuals.push_back(random.normal());
    EXPECT_NEAR(equivalent_variance(residuals, 0, 1, 1e-6), 1 / 0.95, 0.02);
    EXPECT_EQ(equivalent_variance({0, 0, 0}, 1, 1e-6, 1e-6), 1e-12);
}

}  // namespace
}  // namespace plumbline::validate::test
