// SPDX-License-Identifier: Apache-2.0
#include "execution/append_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {

AppendFile::AppendFile(std::string path)
    : path_{std::move(path)},
      file_{::open(path_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666)}
{
    if (file_ < 0) fail(std::strerror(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
    ::close(file_);
    fail("another run is using it");
}

AppendFile::~AppendFile() { ::close(file_); }

std::string AppendFile::content() const
{
    std::ifstream file{path_, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void AppendFile::cut_to(std::size_t size)
{
    if (::ftruncate(file_, static_cast<off_t>(size)) != 0) fail(std::strerror(errno));
}

void AppendFile::append(const std::string& text)
{
    for (std::size_t done = 0; done < text.size();) {
        const auto written = ::write(file_, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR) fail(std::strerror(errno));
        if (written > 0) done += static_cast<std::size_t>(written);
    }
}

void AppendFile::fail(const std::string& problem) const
{
    throw InputError(SourceLocation{path_, 0, {}}, "cannot be appended to: " + problem);
}

}  // namespace plumbline::cli
