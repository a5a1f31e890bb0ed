// SPDX-License-Identifier: Apache-2.0
#include "tasks/append_file.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {

AppendFile::AppendFile(std::string path)
    : path_{std::move(path)},
      file_{::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_NOCTTY | O_CLOEXEC, 0666)}
{
    if (file_ < 0) fail(std::strerror(errno));
    struct stat file {};
    const bool regular = ::fstat(file_, &file) == 0 && S_ISREG(file.st_mode);
    if (regular && lock()) return;
    ::close(file_);
    fail(regular ? "another run is using it" : "it is no regular file");
}

AppendFile::~AppendFile() { ::close(file_); }

bool AppendFile::lock() const
{
    // A worker that was begun in the very moment in which its command was killed has the file open for a moment longer.
    constexpr std::chrono::milliseconds kPause{20};
    constexpr int kAttempts = 50;
    for (int attempt = 0; ::flock(file_, LOCK_EX | LOCK_NB) != 0; ++attempt) {
        if (attempt == kAttempts) return false;
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

std::string AppendFile::content() const
{
    std::string all;
    std::array<char, 1 << 16> piece{};
    while (true) {
        const ssize_t count = ::pread(file_, piece.data(), piece.size(), static_cast<off_t>(all.size()));
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail(std::strerror(errno));
        if (count == 0) return all;
        all.append(piece.data(), static_cast<std::size_t>(count));
    }
}

void AppendFile::cut_to(std::size_t size)
{
    if (::ftruncate(file_, static_cast<off_t>(size)) != 0) fail(std::strerror(errno));
}

void AppendFile::append(const std::string& text)
{
    const off_t before = ::lseek(file_, 0, SEEK_END);
    for (std::size_t done = 0; done < text.size();) {
        const auto written = ::write(file_, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) {
            const int error = errno;
            if (done > 0 && ::ftruncate(file_, before) != 0) fail(std::strerror(errno));
            fail(std::strerror(error));
        }
        if (written > 0) done += static_cast<std::size_t>(written);
    }
}

void AppendFile::fail(const std::string& problem) const
{
    throw InputError(SourceLocation{path_, 0, {}}, "cannot be appended to: " + problem);
}

}  // namespace plumbline::cli
