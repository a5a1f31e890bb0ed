// SPDX-License-Identifier: Apache-2.0
// Which numbers does a flag take?
//
// The parser of the command line converts as C does: -1 becomes the largest unsigned number, 010 is 8, " 5" and nan pass. Here
// a number is written as in files, all of it, and lies in a range, or a message says what was expected.
//
//     app.add_option("--seed", seed, "…")->transform(number<unsigned>(0, 4294967295));
#pragma once

#include <charconv>
#include <limits>
#include <string>
#include <type_traits>

#include <CLI/CLI.hpp>

#include "plumbline/text_stream.hpp"

namespace plumbline::cli {

/// The number as the parser of the command line reads it back.
template <class Number>
std::string number_text(Number value)
{
    if constexpr (std::is_floating_point_v<Number>)
        return shortest_text(value);
    else
        return std::to_string(value);
}

/// "a whole number from 0 to 7", "a number of at least 0".
template <class Number>
std::string number_range(Number least, Number most)
{
    const std::string kind = std::is_floating_point_v<Number> ? "a number" : "a whole number";
    if (std::is_floating_point_v<Number> && most == std::numeric_limits<Number>::max())
        return kind + " of at least " + number_text(least);
    return kind + " from " + number_text(least) + " to " + number_text(most);
}

/// Takes what is a number from `least` to `most`. \param name as the help shows it
template <class Number>
CLI::Validator number(Number least, Number most = std::numeric_limits<Number>::max(), const std::string& name = {})
{
    const auto take = [least, most](std::string& text) {
        Number value{};
        const char* const last = text.data() + text.size();
        const auto [end, error] = std::from_chars(text.data(), last, value);
        const bool whole = error == std::errc{} && end == last;
        if (!whole || !(value >= least && value <= most))
            return "'" + text + "' is no valid value, expected " + number_range(least, most);
        text = number_text(value);
        return std::string{};
    };
    return CLI::Validator{take, name};
}

}  // namespace plumbline::cli
