// SPDX-License-Identifier: Apache-2.0
// A program that the plugin does not fit, as far as all such programs have something in common.
#pragma once

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <plumbline_sc.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace plumbline::test {

/// The table that this program gets; the plugin can always be loaded.
inline const plumbline_sc_functions* plugin()
{
    void* library = dlopen(PLUMBLINE_PLUGIN, RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(library, nullptr) << dlerror();
    if (library == nullptr) return nullptr;
    auto* entry = reinterpret_cast<plumbline_sc_entry*>(dlsym(library, PLUMBLINE_SC_ENTRY));
    EXPECT_EQ(entry(PLUMBLINE_SC_VERSION + 1), nullptr);
    return entry(PLUMBLINE_SC_VERSION);
}

/// What the plugin says where it was refused; empty where it was not.
inline std::string refusal()
{
    const plumbline_sc_functions* functions = plugin();
    if (functions == nullptr) return {};
    plumbline_sc_config* config = functions->config_create();
    EXPECT_NE(functions->set_accelerator(config, "meta_prototype_df"), 0);
    EXPECT_EQ(functions->create(config, "npu"), nullptr);
    std::string reason = functions->error(config);
    functions->config_destroy(config);
    return reason;
}

/// Whether a file of that name is loaded, libplumbline_sc.so as well as libsystemc-2.3.4.so.
inline bool is_loaded(const std::string& beginning)
{
    std::ifstream maps{"/proc/self/maps"};
    const std::string text{std::istreambuf_iterator<char>{maps}, {}};
    return text.find('/' + beginning) != std::string::npos;
}

/// Every function is there, as for a program that fits.
inline void expect_whole(const plumbline_sc_functions& functions)
{
    EXPECT_EQ(functions.size, sizeof functions);
    constexpr std::size_t first = offsetof(plumbline_sc_functions, config_create);
    for (std::size_t at = first; at < sizeof functions; at += sizeof(void*)) {
        const void* function = nullptr;
        std::memcpy(&function, reinterpret_cast<const char*>(&functions) + at, sizeof function);
        EXPECT_NE(function, nullptr) << "at " << at;
    }
}

}  // namespace plumbline::test
