// SPDX-License-Identifier: Apache-2.0
#include "data_folder.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace plumbline::c {
namespace {

namespace fs = std::filesystem;

/// The file that this code was loaded from.
fs::path own_file()
{
    Dl_info info{};
    static const char inside = 0;
    if (dladdr(&inside, &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code unreadable;
    return fs::canonical(info.dli_fname, unreadable);
}

}  // namespace

std::string data_folder()
{
    if (const char* named = std::getenv("PLUMBLINE_DATA_DIR")) return named;
    const fs::path folder = own_file().parent_path();
    for (const char* data : {PLUMBLINE_DATA_FROM_LIBRARY, PLUMBLINE_DATA_FROM_COMMAND}) {
        const fs::path candidate = (folder / data).lexically_normal();
        std::error_code missing;
        if (fs::is_directory(candidate, missing)) return candidate.string();
    }
    return {};
}

}  // namespace plumbline::c
