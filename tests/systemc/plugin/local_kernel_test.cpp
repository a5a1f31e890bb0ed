// SPDX-License-Identifier: Apache-2.0
// A program without SystemC that loads a platform with one, for the platform alone (RTLD_LOCAL).
#include <dlfcn.h>
#include <gtest/gtest.h>

#include "test_data.hpp"

namespace plumbline::test {
namespace {

TEST(PluginOfALoadedPlatform, FindsTheKernelOfThatPlatform)
{
    void* library = dlopen(PLUMBLINE_PLATFORM, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    using Run = const char*(const char*, const char*);
    auto* run = reinterpret_cast<Run*>(dlsym(library, "run_platform"));
    ASSERT_NE(run, nullptr) << dlerror();
    EXPECT_STREQ(run(PLUMBLINE_PLUGIN, kPlatformsFolder), "0");
}

}  // namespace
}  // namespace plumbline::test
