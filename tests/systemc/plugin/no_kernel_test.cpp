// SPDX-License-Identifier: Apache-2.0
// A program that shows no SystemC: it is none (Python), or hides a static one.
#include "refused_host.hpp"
#include "systemc_version.hpp"

namespace plumbline::test {
namespace {

using ::testing::HasSubstr;

TEST(PluginWithoutKernel, SaysThatThisProgramShowsNone)
{
    EXPECT_THAT(refusal(), HasSubstr("was built for SystemC " SC_VERSION " of C++ "));
    EXPECT_THAT(refusal(), HasSubstr("this program shows none: link it with the SystemC library"));
}

TEST(PluginWithoutKernel, LoadsNothingElse)
{
    refusal();
    EXPECT_TRUE(is_loaded("libplumbline_sc.so"));
    EXPECT_FALSE(is_loaded("libplumbline_sc_module.so"));
    EXPECT_FALSE(is_loaded("libsystemc"));
}

TEST(PluginWithoutKernel, HandsOutAWholeTableWithItsVersions)
{
    const plumbline_sc_functions* functions = plugin();
    ASSERT_NE(functions, nullptr);
    expect_whole(*functions);
    EXPECT_STREQ(functions->systemc_version, SC_VERSION);
    EXPECT_EQ(functions->systemc_cplusplus, SC_CPLUSPLUS);
    EXPECT_EQ(functions->bus_width, 32U);
    EXPECT_STREQ(functions->error(nullptr), "the configuration is null");
    EXPECT_NE(functions->write_observations(nullptr, 0, "file.csv", 0), 0);
    EXPECT_EQ(functions->cycles(nullptr), 0U);
}

}  // namespace
}  // namespace plumbline::test
