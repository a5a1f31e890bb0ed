// SPDX-License-Identifier: Apache-2.0
// A program with another SystemC. This one has no more of it than the symbols that say which: release, and the constructor
// whose name holds version and C++ standard, as SystemC 3 has it.
#include "refused_host.hpp"

namespace sc_core {

const char* sc_release() { return "3.9.1_pub_rev_20290131-Accellera"; }

enum sc_writer_policy : int {};
struct sc_api_version_3_9_1_cxx202302L {
    sc_api_version_3_9_1_cxx202302L(sc_writer_policy, bool);
};
sc_api_version_3_9_1_cxx202302L::sc_api_version_3_9_1_cxx202302L(sc_writer_policy, bool) {}

}  // namespace sc_core

namespace plumbline::test {
namespace {

TEST(PluginOfAnotherSystemC, SaysWhichThisProgramRunsAndWhatToDo)
{
    EXPECT_THAT(refusal(),
                ::testing::HasSubstr("this program runs 3.9.1_pub_rev_20290131-Accellera of C++ 202302: build "
                                     "Plumbline for that one"));
}

TEST(PluginOfAnotherSystemC, LoadsNothingElse)
{
    refusal();
    EXPECT_FALSE(is_loaded("libplumbline_sc_module.so"));
    EXPECT_FALSE(is_loaded("libsystemc"));
}

}  // namespace
}  // namespace plumbline::test
