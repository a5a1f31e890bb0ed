// SPDX-License-Identifier: Apache-2.0
// Files of networks by their ending, and what does not depend on the library of ONNX.

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <tuple>

#include "onnx/graph/limits.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/onnx.hpp"
#include "plumbline/io/yaml.hpp"

namespace plumbline::io {
namespace {

[[noreturn]] void refuse_unreadable(const std::string& path, const std::string& reason)
{
    throw InputError{SourceLocation{path, 0, {}}, "cannot be read: " + reason};
}

/// No more than a reader takes: devices have no end.
std::string bytes_of(const std::string& path)
{
    std::error_code unknown;
    if (std::filesystem::is_directory(path, unknown)) refuse_unreadable(path, "it is a folder");
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file.is_open()) refuse_unreadable(path, std::strerror(errno));
    std::string bytes;
    std::string part(std::size_t{1} << 16U, '\0');
    while (file && bytes.size() <= kMostOnnxBytes) {
        file.read(part.data(), static_cast<std::streamsize>(part.size()));
        bytes.append(part, 0, static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) refuse_unreadable(path, std::strerror(errno));
    return bytes;
}

}  // namespace

bool operator==(const OnnxOptions& a, const OnnxOptions& b)
{
    return std::tie(a.batch, a.weights, a.activations, a.partial_sums, a.skip) ==
           std::tie(b.batch, b.weights, b.activations, b.partial_sums, b.skip);
}

bool is_onnx_path(const std::string& path) { return std::filesystem::path{path}.extension() == ".onnx"; }

Workload read_onnx(const std::string& path, const OnnxOptions& options)
{
    return parse_onnx(bytes_of(path), path, options);
}

Workload read_workload(const std::string& path, const OnnxOptions& options)
{
    return is_onnx_path(path) ? read_onnx(path, options) : read_workload(path);
}

}  // namespace plumbline::io
