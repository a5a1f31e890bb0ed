// SPDX-License-Identifier: Apache-2.0
#include "execution/output_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

// A signal handler may read neither a std::string nor anything locked.
struct Unfinished {
    std::array<char, 4096> path{};
    volatile std::sig_atomic_t exists = 0;
};
std::array<Unfinished, 16> unfinished_files;

/// Remembers a path for as long as its file is unfinished. Where there is no place for it, an interrupt leaves it behind.
std::size_t remember(const std::string& path)
{
    const auto place = std::find_if(unfinished_files.begin(), unfinished_files.end(),
                                    [](const Unfinished& each) { return each.exists == 0; });
    if (place == unfinished_files.end() || path.size() >= place->path.size()) return unfinished_files.size();
    path.copy(place->path.data(), path.size());
    place->path[path.size()] = '\0';
    place->exists = 1;
    return static_cast<std::size_t>(place - unfinished_files.begin());
}

void forget(std::size_t place)
{
    if (place < unfinished_files.size()) unfinished_files[place].exists = 0;
}

[[noreturn]] void fail(const std::string& path, int error)
{
    throw InputError(SourceLocation{path, 0, {}}, std::string{"cannot be written: "} + std::strerror(error));
}

}  // namespace

OutputFile::OutputFile(std::string path)
    : path_{std::move(path)},
      temporary_{path_ + ".tmp." + std::to_string(::getpid())},
      unfinished_{remember(temporary_)},
      file_{::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)}
{
    if (file_ >= 0) return;
    const int error = errno;
    forget(unfinished_);
    fail(path_, error);
}

OutputFile::~OutputFile()
{
    if (temporary_.empty()) return;
    close();
    ::unlink(temporary_.c_str());
    forget(unfinished_);
}

void OutputFile::write(std::string_view text) noexcept
{
    while (!text.empty() && error_ == 0) {
        const auto written = ::write(file_, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            error_ = errno;
        }
    }
}

void OutputFile::close() noexcept
{
    if (file_ >= 0 && ::close(file_) != 0 && error_ == 0) error_ = errno;
    file_ = -1;
}

void OutputFile::commit()
{
    close();
    if (error_ == 0 && std::rename(temporary_.c_str(), path_.c_str()) != 0) error_ = errno;
    if (error_ != 0) fail(path_, error_);
    temporary_.clear();
    forget(unfinished_);
}

void write_file(const std::string& path, const std::string& content)
{
    OutputFile file{path};
    file.write(content);
    file.commit();
}

void discard_unfinished_files() noexcept
{
    for (const Unfinished& each : unfinished_files) {
        if (each.exists != 0) ::unlink(each.path.data());
    }
}

}  // namespace plumbline::cli
