// SPDX-License-Identifier: Apache-2.0
#include "execution/output_target.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as many as Linux follows

/// The folder of a path, behind all links; empty where there is none.
fs::path folder_of(const fs::path& path)
{
    std::error_code error;
    return fs::canonical(path.has_parent_path() ? path.parent_path() : fs::path{"."}, error);
}

bool is_link(const fs::path& path)
{
    std::error_code error;
    return fs::is_symlink(fs::symlink_status(path, error));
}

/// A link of /proc leads to an open file, whatever the name that it shows.
bool leads_to_open_file(const fs::path& link) { return folder_of(link).string().rfind("/proc/", 0) == 0; }

/// The number of a descriptor of this process; -1: it is none.
int own_descriptor(const fs::path& path)
{
    if (folder_of(path) != "/proc/" + std::to_string(::getpid()) + "/fd") return -1;
    const std::string name = path.filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    return descriptor;
}

fs::path next(const fs::path& link)
{
    const fs::path to = fs::read_symlink(link);
    return to.is_absolute() ? to : link.parent_path() / to;
}

}  // namespace

OutputTarget output_target(const std::string& path)
{
    fs::path at = path;
    for (int links = 0; is_link(at); ++links) {
        if (links == kMostLinks) refuse_output(path, ELOOP);
        if (leads_to_open_file(at)) return {at.string(), true, {}};
        at = next(at);
    }
    if (const fs::path folder = folder_of(at); !folder.empty()) at = folder / at.filename();
    struct stat file {};
    if (::stat(at.c_str(), &file) != 0) {
        if (errno != ENOENT) refuse_output(path, errno);
        return {at.string(), false, {}};
    }
    if (S_ISDIR(file.st_mode)) refuse_output(path, EISDIR);
    if (!S_ISREG(file.st_mode)) return {at.string(), true, {}};
    if (::faccessat(AT_FDCWD, at.c_str(), W_OK, AT_EACCESS) != 0) refuse_output(path, errno);
    return {at.string(), false, file};
}

int open_in_place(const OutputTarget& target)
{
    // Opened anew, a file would be written from its beginning; the descriptor knows how far others have come.
    const int descriptor = own_descriptor(target.path);
    if (descriptor >= 0) return ::fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return ::open(target.path.c_str(), O_WRONLY | O_APPEND | O_NOCTTY | O_CLOEXEC);
}

void refuse_output(const std::string& path, int error)
{
    throw InputError(SourceLocation{path, 0, {}}, std::string{"cannot be written: "} + std::strerror(error));
}

}  // namespace plumbline::cli
