// SPDX-License-Identifier: Apache-2.0
// Numbers as files write them, in whatever locale the program runs.
#pragma once

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

namespace plumbline::io {

/// A finite number that is all of `text`, such as 12, -0.5, +1e3; nothing for anything else.
inline std::optional<double> number_in(std::string_view text)
{
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

}  // namespace plumbline::io
