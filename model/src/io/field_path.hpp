// SPDX-License-Identifier: Apache-2.0
// Paths to fields of a document, such as `stacks[0].classes[2].steps[3]`.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumbline::io {

/// A key, or where there is an index, that element of a list.
struct PathStep {
    std::string key;
    std::optional<std::size_t> index;
};

std::vector<PathStep> steps_of(std::string_view path);
/// `path.key`, or `key` where the path is empty.
std::string joined(const std::string& path, std::string_view key);
std::string joined(const std::string& path, std::size_t index);

}  // namespace plumbline::io
