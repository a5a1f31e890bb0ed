// SPDX-License-Identifier: Apache-2.0
#include "compressed_lines.hpp"

#include <zlib.h>

#include <filesystem>
#include <system_error>

#include "limits.hpp"
#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

constexpr std::size_t kPart = std::size_t{1} << 16U;

gzFile as_gzip(void* file) { return static_cast<gzFile>(file); }

std::string mebibytes(std::size_t bytes) { return std::to_string(bytes >> 20U) + " MiB"; }

}  // namespace

void CompressedLines::Close::operator()(void* file) const { gzclose(as_gzip(file)); }

CompressedLines::CompressedLines(const std::string& path) : path_{path}
{
    std::error_code unknown;
    if (!std::filesystem::is_directory(path, unknown)) file_.reset(gzopen(path.c_str(), "rb"));
    if (!file_) throw InputError{SourceLocation{path, 0, {}}, "cannot be opened for reading"};
}

std::optional<std::string> CompressedLines::next()
{
    std::string line;
    bool any = false;
    while (at_ < part_.size() || fill()) {
        any = true;
        const std::size_t end = std::min(part_.find('\n', at_), part_.size());
        line.append(part_, at_, end - at_);
        at_ = std::min(end + 1, part_.size());
        if (line.size() > kMostLine) fail("a line is longer than " + mebibytes(kMostLine));
        if (line.find('\0') != std::string::npos) fail("a line has the character \\x00, expected text");
        if (end < part_.size()) break;
    }
    if (!any) return std::nullopt;
    ++line_;
    while (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

bool CompressedLines::fill()
{
    part_.resize(kPart);
    at_ = 0;
    const int got = gzread(as_gzip(file_.get()), part_.data(), static_cast<unsigned>(part_.size()));
    int status = Z_OK;
    gzerror(as_gzip(file_.get()), &status);
    if (got < 0 || (status != Z_OK && status != Z_STREAM_END))
        fail(status == Z_ERRNO ? "cannot be read" : "cannot be decompressed: it is damaged or cut short");
    part_.resize(static_cast<std::size_t>(got));
    bytes_ += part_.size();
    if (bytes_ > kMostBytes) fail("is larger than " + mebibytes(kMostBytes));
    return got > 0;
}

void CompressedLines::fail(const std::string& problem) const
{
    throw InputError{SourceLocation{path_, line_ + 1, {}}, problem};
}

}  // namespace plumbline::io
