// SPDX-License-Identifier: Apache-2.0
#include "output_file.hpp"

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

// A signal handler may read neither a std::string nor anything locked.
std::array<char, 4096> unfinished_path;
volatile std::sig_atomic_t unfinished = 0;

/// While it lives, an interrupt removes the file.
class Unfinished {
public:
    explicit Unfinished(const std::string& path)
    {
        if (path.size() >= unfinished_path.size()) return;
        path.copy(unfinished_path.data(), path.size());
        unfinished_path[path.size()] = '\0';
        unfinished = 1;
    }
    ~Unfinished() { unfinished = 0; }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
};

}  // namespace

void write_file(const std::string& path, const std::string& content)
{
    const std::string temporary = path + ".tmp." + std::to_string(::getpid());
    const Unfinished guard{temporary};
    std::ofstream file{temporary, std::ios::binary};
    file << content;
    file.close();
    std::error_code failed;
    if (file) std::filesystem::rename(temporary, path, failed);
    if (file && !failed) return;
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw InputError(SourceLocation{path, 0, {}}, "cannot be written, expected a file in an existing, writable folder");
}

void discard_unfinished_file() noexcept
{
    if (unfinished != 0) ::unlink(unfinished_path.data());
}

}  // namespace plumbline::cli
