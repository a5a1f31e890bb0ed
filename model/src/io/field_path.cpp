// SPDX-License-Identifier: Apache-2.0
#include "field_path.hpp"

#include <algorithm>
#include <charconv>

namespace plumbline::io {
namespace {

std::optional<std::size_t> index_of(std::string_view digits)
{
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return index;
}

}  // namespace

std::vector<PathStep> steps_of(std::string_view path)
{
    std::vector<PathStep> steps;
    while (!path.empty()) {
        if (path.front() == '.') path.remove_prefix(1);
        const bool bracket = !path.empty() && path.front() == '[';
        const std::size_t length = std::min(path.size(), bracket ? path.find(']') : path.find_first_of(".["));
        const std::string_view part = path.substr(0, length);
        if (bracket) {
            steps.push_back({{}, index_of(part.substr(1))});
            path.remove_prefix(std::min(path.size(), length + 1));
        } else {
            steps.push_back({std::string{part}, std::nullopt});
            path.remove_prefix(length);
        }
    }
    return steps;
}

std::string joined(const std::string& path, std::string_view key)
{
    return path.empty() ? std::string{key} : path + '.' + std::string{key};
}

std::string joined(const std::string& path, std::size_t index) { return path + '[' + std::to_string(index) + ']'; }

}  // namespace plumbline::io
