// SPDX-License-Identifier: Apache-2.0
#include "text_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <sstream>
#include <system_error>

#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& why)
{
    throw InputError{SourceLocation{path, 0, {}}, what + ": " + why};
}

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// \param mode as of fopen
void write_whole(const std::string& path, const std::string& target, const char* mode, const std::string& text)
{
    errno = 0;
    File file{std::fopen(target.c_str(), mode)};
    if (!file) refuse(path, "cannot be written", std::strerror(errno));
    const bool written = std::fwrite(text.data(), 1, text.size(), file.get()) == text.size();
    const bool closed = std::fclose(file.release()) == 0;
    if (!written || !closed) refuse(path, "cannot be written", std::strerror(errno));
}

/// Beside the file, since a rename does not cross file systems. The name is new ("x"), so that nothing is followed or lost.
void replace_whole(const std::string& path, const std::string& target, const std::string& text)
{
    std::random_device entropy;
    const std::string temporary = target + '.' + std::to_string(entropy()) + ".tmp";
    std::error_code error;
    try {
        write_whole(path, temporary, "wbx", text);
    } catch (const InputError&) {
        std::filesystem::remove(temporary, error);
        throw;
    }
    const auto replaced = std::filesystem::status(target, error);
    if (std::filesystem::exists(replaced)) std::filesystem::permissions(temporary, replaced.permissions(), error);
    std::filesystem::rename(temporary, target, error);
    if (!error) return;
    const std::string why = error.message();
    std::filesystem::remove(temporary, error);
    refuse(path, "cannot be written", why);
}

/// Where a path leads, also where nothing is yet. \throws InputError for a circle of links
std::string behind_links_of(const std::string& path)
{
    constexpr int kMostLinks = 40;  // as many as Linux follows
    std::filesystem::path at = path;
    std::error_code error;
    for (int links = 0; std::filesystem::is_symlink(std::filesystem::symlink_status(at, error)); ++links) {
        if (links == kMostLinks) refuse(path, "cannot be written", "its links lead in a circle");
        const std::filesystem::path to = std::filesystem::read_symlink(at, error);
        at = to.is_absolute() ? to : at.parent_path() / to;
    }
    return at.string();
}

}  // namespace

std::string read_text(const std::string& path)
{
    if (std::filesystem::is_directory(path)) refuse(path, "cannot be read", "it is a folder");
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in.is_open() || in.bad()) refuse(path, "cannot be read", std::strerror(errno));
    return text.str();
}

void write_text(const std::string& path, const std::string& text)
{
    std::error_code error;
    const auto behind_links = std::filesystem::status(path, error);
    // Devices and pipes are written into: a rename would put a file in their place.
    if (std::filesystem::exists(behind_links) && !std::filesystem::is_regular_file(behind_links)) {
        write_whole(path, path, "ab", text);
        return;
    }
    replace_whole(path, behind_links_of(path), text);
}

}  // namespace plumbline::io
