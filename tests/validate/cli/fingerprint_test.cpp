// SPDX-License-Identifier: Apache-2.0
// Fingerprints of inputs: equal where these are, and only there.
#include "execution/fingerprint.hpp"

#include <gtest/gtest.h>

#include "stores/run_fingerprint.hpp"

namespace plumbline::cli {
namespace {

TEST(Fingerprint, IsThatOfFnv1a)
{
    // From the test vectors of its authors (RFC 9923): "", "a" and "foobar".
    EXPECT_EQ(fingerprint(""), "cbf29ce484222325");
    EXPECT_EQ(fingerprint("a"), "af63dc4c8601ec8c");
    EXPECT_EQ(fingerprint("foobar"), "85944171f73967e8");
}

TEST(Fingerprint, OfSeveralTextsDependsOnWhereOneEnds)
{
    EXPECT_EQ(joint_fingerprint({"a b", "c"}), joint_fingerprint({"a b", "c"}));
    EXPECT_NE(joint_fingerprint({"a b", "c"}), joint_fingerprint({"a", "b c"}));
    EXPECT_NE(joint_fingerprint({"ab"}), joint_fingerprint({"a", "b"}));
    EXPECT_NE(joint_fingerprint({"", "a"}), joint_fingerprint({"a", ""}));
}

TEST(RunFingerprint, TellsBuildsApart)
{
    EXPECT_EQ(simulations_version().size(), 16U);
    EXPECT_EQ(run_fingerprint({"a", "b"}), joint_fingerprint({"a", "b", std::string{simulations_version()}}));
    EXPECT_NE(run_fingerprint({"a", "b"}), joint_fingerprint({"a", "b"}));
}

}  // namespace
}  // namespace plumbline::cli
