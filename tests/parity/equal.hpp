// SPDX-License-Identifier: Apache-2.0
// Where the references and the platform files are, and what "equal" means.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "test_data.hpp"

namespace plumbline::parity {

inline const std::string kPlatforms = kPlatformsFolder;
inline const std::string kReference = kReferenceFolder;

inline double deviation(double predicted, double reference)
{
    if (predicted == reference) return 0;
    return std::abs(predicted - reference) / std::max(std::abs(reference), 1e-300);
}

inline void expect_equal(double predicted, double reference, const std::string& what)
{
    EXPECT_LE(deviation(predicted, reference), 1e-9) << what << ": " << predicted << ", reference " << reference;
}

}  // namespace plumbline::parity
