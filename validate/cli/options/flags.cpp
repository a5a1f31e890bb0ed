// SPDX-License-Identifier: Apache-2.0
#include "options/flags.hpp"

#include <charconv>
#include <sstream>

namespace plumbline::cli {
namespace {

std::string text_of(double value)
{
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << value;
    return text.str();
}

}  // namespace

CLI::Validator from(double least, double most)
{
    const bool open = most == std::numeric_limits<double>::max();
    const std::string range = open ? "a number of " + text_of(least) + " or more"
                                   : "a number from " + text_of(least) + " to " + text_of(most);
    const auto problem = [=](const std::string& text) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool number = error == std::errc{} && end == text.data() + text.size();
        // Comparisons with nan are false, hence no "value < least".
        return number && value >= least && value <= most ? std::string{} : "'" + text + "' is not " + range;
    };
    return CLI::Validator{problem, open ? "NUMBER" : "NUMBER in [" + text_of(least) + ", " + text_of(most) + "]"};
}

}  // namespace plumbline::cli
