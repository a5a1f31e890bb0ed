// SPDX-License-Identifier: Apache-2.0
#include "text_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <system_error>

#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& what, const std::string& why)
{
    throw InputError{SourceLocation{path, 0, {}}, what + ": " + why};
}

/// Another name in the same folder, since a rename does not cross file systems.
std::string temporary_beside(const std::string& path)
{
    std::random_device entropy;
    return path + '.' + std::to_string(entropy()) + ".tmp";
}

}  // namespace

std::string read_text(const std::string& path)
{
    if (std::filesystem::is_directory(path)) refuse(path, "cannot be read", "it is a folder");
    errno = 0;
    std::ifstream in{path, std::ios::binary};
    std::ostringstream text;
    if (in) text << in.rdbuf();
    if (!in.is_open() || in.bad()) refuse(path, "cannot be read", std::strerror(errno));
    return text.str();
}

void write_text(const std::string& path, const std::string& text)
{
    const std::string temporary = temporary_beside(path);
    errno = 0;
    std::ofstream out{temporary, std::ios::binary};
    out << text;
    out.close();
    std::error_code error;
    if (!out) {
        const std::string why = std::strerror(errno);
        std::filesystem::remove(temporary, error);
        refuse(path, "cannot be written", why);
    }
    std::filesystem::rename(temporary, path, error);
    if (!error) return;
    const std::string why = error.message();
    std::filesystem::remove(temporary, error);
    refuse(path, "cannot be written", why);
}

}  // namespace plumbline::io
