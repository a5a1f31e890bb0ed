// SPDX-License-Identifier: Apache-2.0
// A program with a SystemC of the plugin's version, built as C++98. The constructor that says so is that of a template, as in
// SystemC 2.3.
#include "refused_host.hpp"
#include "systemc_version.hpp"

#undef SC_CPLUSPLUS
#define SC_CPLUSPLUS 199711L

namespace sc_core {

const char* sc_release() { return SC_VERSION; }

extern const int SC_DISABLE_VIRTUAL_BIND_UNDEFINED_;
const int SC_DISABLE_VIRTUAL_BIND_UNDEFINED_ = 1;
template <const int* DisableVirtualBind>
struct SC_API_VERSION_STRING {
    SC_API_VERSION_STRING(sc_writer_policy, bool) {}
};
template struct SC_API_VERSION_STRING<&SC_DISABLE_VIRTUAL_BIND_UNDEFINED_>;

}  // namespace sc_core

namespace plumbline::test {
namespace {

TEST(PluginOfAnotherStandard, SaysWhichTheSystemCOfThisProgramIs)
{
    EXPECT_THAT(refusal(), ::testing::HasSubstr("this program runs " SC_VERSION " of C++ 199711: build Plumbline"));
    EXPECT_FALSE(is_loaded("libplumbline_sc_module.so"));
}

}  // namespace
}  // namespace plumbline::test
