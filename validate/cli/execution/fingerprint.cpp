// SPDX-License-Identifier: Apache-2.0
#include "execution/fingerprint.hpp"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <iterator>

#include "plumbline/error.hpp"

namespace plumbline::cli {

std::string fingerprint(const std::string& text)
{
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    char digits[16];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), hash, 16).ptr;
    return {digits, end};
}

std::string joint_fingerprint(const std::vector<std::string>& texts)
{
    std::string all;
    for (const std::string& text : texts) all += std::to_string(text.size()) + ':' + text;
    return fingerprint(all);
}

std::string exact(double value)
{
    char text[32];
    const auto end = std::to_chars(std::begin(text), std::end(text), value).ptr;
    return {text, end};
}

std::string text_of(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file) throw InputError{path, "cannot be read"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace plumbline::cli
