// SPDX-License-Identifier: Apache-2.0
#include "compressed_lines.hpp"

#include <zlib.h>

#include <array>
#include <filesystem>

#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

gzFile as_gzip(void* file) { return static_cast<gzFile>(file); }

}  // namespace

void CompressedLines::Close::operator()(void* file) const { gzclose(as_gzip(file)); }

CompressedLines::CompressedLines(const std::string& path) : path_{path}
{
    if (!std::filesystem::is_directory(path)) file_.reset(gzopen(path.c_str(), "rb"));
    if (!file_) throw InputError{SourceLocation{path, 0, {}}, "cannot be opened for reading"};
}

std::optional<std::string> CompressedLines::next()
{
    std::string line;
    std::array<char, 16384> part{};
    while (gzgets(as_gzip(file_.get()), part.data(), static_cast<int>(part.size())) != nullptr) {
        line += part.data();
        if (line.back() == '\n') break;
    }
    int status = Z_OK;
    gzerror(as_gzip(file_.get()), &status);
    if (status != Z_OK && status != Z_STREAM_END) fail();
    if (line.empty()) return std::nullopt;
    ++line_;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    return line;
}

void CompressedLines::fail() const
{
    int status = Z_OK;
    const std::string why = gzerror(as_gzip(file_.get()), &status);
    throw InputError{SourceLocation{path_, line_ + 1, {}}, "cannot be decompressed: " + why};
}

}  // namespace plumbline::io
