// SPDX-License-Identifier: Apache-2.0
#include "text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <random>
#include <string_view>
#include <system_error>

#include "plumbline/error.hpp"
#include "plumbline/printable.hpp"

namespace plumbline::io {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& why)
{
    throw InputError{SourceLocation{path, 0, {}}, what + ": " + why};
}

constexpr std::size_t kReadPart = std::size_t{1} << 16U;

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

enum class Content : std::uint8_t { text, bytes };

/// Up to the end, or to what a text does not hold: the device of zeros has no end.
std::string content(std::istream& in, const std::string& path, std::size_t most, Content kind)
{
    std::string all;
    std::string part(kReadPart, '\0');
    do {
        in.read(part.data(), static_cast<std::streamsize>(part.size()));
        const std::string_view got{part.data(), static_cast<std::size_t>(in.gcount())};
        all += got;
        if (all.size() > most)
            refuse(path, "cannot be read", "it is larger than " + std::to_string(most >> 20U) + " MiB");
        if (kind == Content::text && got.find('\0') != std::string_view::npos) check_text(all, path);
    } while (in);
    if (in.bad()) refuse(path, "cannot be read", std::strerror(errno));
    return all;
}

/// Nothing but printable ASCII, tabs and returns: most lines.
bool plain(std::string_view line)
{
    return std::all_of(line.begin(), line.end(),
                       [](char c) { return (c >= ' ' && c < '\x7f') || c == '\t' || c == '\r'; });
}

void check_line(std::string_view line, const SourceLocation& where)
{
    std::string visible{line};
    const auto is_space = [](char c) { return c == '\t' || c == '\r'; };
    visible.erase(std::remove_if(visible.begin(), visible.end(), is_space), visible.end());
    const std::string shown = printable(visible);
    if (shown == visible) return;
    const auto differs = std::mismatch(shown.begin(), shown.end(), visible.begin(), visible.end());
    const std::string_view rest =
        std::string_view{shown}.substr(static_cast<std::size_t>(differs.first - shown.begin()));
    const std::string escape{rest.substr(0, rest.substr(0, 2) == "\\x" ? 4 : 6)};
    throw InputError{where, "has the character " + escape + ", expected text in UTF-8 without control characters"};
}

std::string read(const std::string& path, std::size_t most, Content kind)
{
    if (path.empty()) refuse(path, "'' cannot be read", "it is no name of a file");
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) refuse(path, "cannot be read", "it is a folder");
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    if (!in.is_open()) refuse(path, "cannot be read", std::strerror(errno));
    try {
        return content(in, path, most, kind);
    } catch (const std::bad_alloc&) {
        refuse(path, "cannot be read", "there is not enough memory");
    }
}

}  // namespace

std::string read_bytes(const std::string& path, std::size_t most) { return read(path, most, Content::bytes); }

std::string read_text(const std::string& path, std::size_t most)
{
    std::string text = read(path, most, Content::text);
    check_text(text, path);
    return text;
}

void check_text(std::string_view text, const std::string& file, int first_line)
{
    if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
    for (int line = first_line; !text.empty(); ++line) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (!plain(text.substr(0, end))) check_line(text.substr(0, end), SourceLocation{file, line, {}});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
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
