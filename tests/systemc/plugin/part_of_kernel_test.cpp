// SPDX-License-Identifier: Apache-2.0
// A program that was linked with a part of a static SystemC of the plugin's version: what it does not use itself is missing.
// That the plugin is refused shows, too, that it does not bring what is missing, and with it a second kernel.
#include "refused_host.hpp"
#include "systemc_version.hpp"

namespace sc_core {

const char* sc_release() { return SC_VERSION; }

}  // namespace sc_core

namespace plumbline::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(PluginWithPartOfAKernel, NamesWhatIsMissing)
{
    EXPECT_THAT(refusal(), AllOf(StartsWith("the SystemC of this program lacks '"), HasSubstr("sc_core::")));
    EXPECT_THAT(refusal(), HasSubstr("which the plugin needs: link all of a static library (-Wl,--whole-archive)"));
}

TEST(PluginWithPartOfAKernel, BringsNone)
{
    refusal();
    EXPECT_FALSE(is_loaded("libsystemc"));
}

}  // namespace
}  // namespace plumbline::test
