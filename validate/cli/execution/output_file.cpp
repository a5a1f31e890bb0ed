// SPDX-License-Identifier: Apache-2.0
#include "execution/output_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <set>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
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

/// No signal comes between a file and the memory of it.
class SignalsLater {
public:
    SignalsLater()
    {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    SignalsLater(const SignalsLater&) = delete;
    SignalsLater& operator=(const SignalsLater&) = delete;
    ~SignalsLater() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

std::string temporary_name(const std::string& target, int attempt)
{
    return target + ".tmp." + std::to_string(::getpid()) + (attempt == 0 ? "" : '.' + std::to_string(attempt));
}

/// As the file that it will replace; where the owner cannot be kept, it belongs to who wrote it.
void take_over(int file, const struct stat& replaced)
{
    if (::fchown(file, replaced.st_uid, replaced.st_gid) != 0) errno = 0;
    ::fchmod(file, replaced.st_mode & 0777U);
}

}  // namespace

OutputFile::OutputFile(std::string path)
    : path_{std::move(path)},
      target_{output_target(path_)},
      unfinished_{unfinished_files.size()}
{
    if (target_.in_place)
        file_ = open_in_place(target_);
    else
        create_temporary();
    if (file_ < 0) refuse_output(path_, errno);
}

void OutputFile::create_temporary()
{
    // A name that is taken is left alone, above all a link: it could lead to somebody else's file.
    constexpr int kAttempts = 100;
    const SignalsLater later;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        temporary_ = temporary_name(target_.path, attempt);
        file_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (file_ >= 0 || errno != EEXIST) break;
    }
    if (file_ < 0) return;
    unfinished_ = remember(temporary_);
    if (target_.file) take_over(file_, *target_.file);
}

OutputFile::~OutputFile()
{
    close();
    if (temporary_.empty()) return;
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
    if (target_.in_place) {
        // Who reads a pipe may have read enough.
        if (error_ != 0 && error_ != EPIPE) refuse_output(path_, error_);
        return;
    }
    if (error_ == 0 && std::rename(temporary_.c_str(), target_.path.c_str()) != 0) error_ = errno;
    if (error_ != 0) refuse_output(path_, error_);
    temporary_.clear();
    forget(unfinished_);
}

void write_file(const std::string& path, const std::string& content)
{
    OutputFile file{path};
    file.write(content);
    file.commit();
}

void check_outputs(const std::vector<std::string>& paths, const std::vector<std::string>& stores)
{
    std::set<std::string> files;
    const auto add = [&](const std::string& path, const OutputTarget& target) {
        if (!files.insert(target.path).second)
            throw InputError(SourceLocation{path, 0, {}}, "is asked for twice, expected a file for each output");
    };
    for (const std::string& path : stores)
        if (!path.empty()) add(path, output_target(path));
    for (const std::string& path : paths) {
        if (path.empty()) continue;
        const OutputTarget target = output_target(path);
        if (target.in_place) continue;
        add(path, target);
        const OutputFile trial{path};  // created beside it, and removed
    }
}

void discard_unfinished_files() noexcept
{
    for (const Unfinished& each : unfinished_files) {
        if (each.exists != 0) ::unlink(each.path.data());
    }
}

}  // namespace plumbline::cli
