// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/data_folder.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace plumbline::io {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const void* inside)
{
    Dl_info info{};
    if (dladdr(inside, &info) == 0 || info.dli_fname == nullptr) return {};
    std::error_code unreadable;
    return fs::canonical(info.dli_fname, unreadable);
}

}  // namespace

std::string data_folder(const void* inside, const std::vector<std::string>& places)
{
    if (const char* named = std::getenv("PLUMBLINE_DATA_DIR")) return named;
    const fs::path folder = file_of(inside).parent_path();
    for (const std::string& place : places) {
        const fs::path candidate = (folder / place).lexically_normal();
        std::error_code missing;
        if (!folder.empty() && fs::is_directory(candidate, missing)) return candidate.string();
    }
    return {};
}

}  // namespace plumbline::io
