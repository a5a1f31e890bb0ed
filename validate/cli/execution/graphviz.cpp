// SPDX-License-Identifier: Apache-2.0
#include "execution/graphviz.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

/// A file without a name: neither side waits for the other, as they would with pipes.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& flag) : descriptor_{::memfd_create("drawing", MFD_CLOEXEC)}
    {
        if (descriptor_ < 0) throw InputError{flag, std::string{"there is no memory for it: "} + std::strerror(errno)};
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    int descriptor() const { return descriptor_; }

    bool write(const std::string& text)
    {
        std::size_t done = 0;
        while (done < text.size()) {
            const auto written = ::write(descriptor_, text.data() + done, text.size() - done);
            if (written < 0 && errno != EINTR) return false;
            if (written > 0) done += static_cast<std::size_t>(written);
        }
        return ::lseek(descriptor_, 0, SEEK_SET) == 0;
    }

    std::string read() const
    {
        std::string text;
        std::array<char, 1U << 14U> piece{};
        ::lseek(descriptor_, 0, SEEK_SET);
        for (;;) {
            const auto got = ::read(descriptor_, piece.data(), piece.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) return text;
            text.append(piece.data(), static_cast<std::size_t>(got));
        }
    }

private:
    int descriptor_;
};

/// Starts `dot` between two files. \return an errno; 0: it runs
int start(pid_t& process, const MemoryFile& in, const MemoryFile& out)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in.descriptor(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, out.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string program = "dot";
    std::string format = "-Tsvg";
    const std::array<char*, 3> arguments{program.data(), format.data(), nullptr};
    const int error = ::posix_spawnp(&process, program.c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    return error;
}

/// Whether a process ended well.
bool succeeded(pid_t process)
{
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR) return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

std::string drawn_by_graphviz(const std::string& dot, const std::string& flag)
{
    MemoryFile in{flag};
    const MemoryFile out{flag};
    pid_t process = 0;
    if (!in.write(dot)) throw InputError{flag, std::string{"there is no memory for it: "} + std::strerror(errno)};
    if (const int error = start(process, in, out); error != 0)
        throw InputError{flag, error == ENOENT
                                   ? "Graphviz's program dot is missing, expected it in PATH (package graphviz); "
                                     "--dot needs no program"
                                   : std::string{"dot cannot be run: "} + std::strerror(error)};
    std::string svg;
    if (succeeded(process)) svg = out.read();
    if (svg.find("<svg") == std::string::npos)
        throw InputError{flag, "Graphviz's dot has drawn nothing, expected SVG; --dot writes what it was given"};
    return svg;
}

}  // namespace plumbline::cli
