// SPDX-License-Identifier: Apache-2.0
#include "options/period_flag.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

namespace plumbline::cli {
namespace {

/// "1ns", "833.3 ps": more than none, a millisecond at most.
sim::Period parse_period(const std::string& text)
{
    constexpr std::array<std::pair<std::string_view, double>, 4> kUnits{
        {{"fs", 1}, {"ps", 1e3}, {"ns", 1e6}, {"us", 1e9}}};
    constexpr double kMost = 1e12;
    double count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const std::size_t behind = error == std::errc{}
                                   ? text.find_first_not_of(' ', static_cast<std::size_t>(end - text.data()))
                                   : std::string::npos;
    for (const auto& [unit, femtoseconds] : kUnits) {
        if (behind == std::string::npos || text.compare(behind, std::string::npos, unit) != 0) continue;
        const double period = std::round(count * femtoseconds);
        if (period >= 1 && period <= kMost) return {static_cast<std::int64_t>(period)};
    }
    throw CLI::ValidationError("--period",
                               "'" + text + "' is no period, expected a time such as 1ns or 833ps, 1fs to 1000us");
}

}  // namespace

void add_period(CLI::App& app, std::optional<sim::Period>& period)
{
    const auto assign = [&period](const std::string& text) { period = parse_period(text); };
    app.add_option_function<std::string>("--period", assign,
                                         "How long a cycle lasts, such as 1ns: reports say time and power, too")
        ->type_name("TIME");
}

}  // namespace plumbline::cli
