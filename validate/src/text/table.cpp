// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/table.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iomanip>
#include <numeric>
#include <ostream>
#include <utility>

#include "plumbline/printable.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kGap = "  ";
/// Sums of the same doubles in another order differ by less.
constexpr double kRoundingError = 1e-12;

/// Thousands by comma, whatever the locale of the user says.
std::string with_commas(std::string digits)
{
    const auto point = digits.find('.');
    const std::size_t first = (!digits.empty() && digits.front() == '-') ? 1 : 0;
    std::size_t at = point == std::string::npos ? digits.size() : point;
    while (at > first + 3) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

std::string fixed(double value, int decimals)
{
    TextStream out;
    out << std::fixed << std::setprecision(decimals) << value;
    return out.str();
}

/// Characters that a terminal shows, given UTF-8.
std::size_t display_width(const std::string& text)
{
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; };
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

}  // namespace

void Table::add(std::vector<std::string> cells)
{
    assert(cells.size() == columns_.size());
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

void Table::add_rule() { rows_.emplace_back(); }

std::vector<std::size_t> Table::widths() const
{
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = display_width(columns_[i].header);
        for (const auto& row : rows_) {
            if (!row.empty()) width = std::max(width, display_width(row[i]));
        }
        widths.push_back(width);
    }
    return widths;
}

void Table::write_row(std::ostream& out, const std::vector<std::string>& cells,
                      const std::vector<std::size_t>& widths) const
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string padding(widths[i] - display_width(cells[i]), ' ');
        if (i > 0) line += kGap;
        line += columns_[i].align == Align::left ? cells[i] + padding : padding + cells[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out << line << '\n';
}

std::ostream& operator<<(std::ostream& out, const Table& table)
{
    const auto widths = table.widths();
    const std::size_t gaps = 2 * (widths.empty() ? 0 : widths.size() - 1);
    const std::string rule(std::accumulate(widths.begin(), widths.end(), gaps), '-');
    std::vector<std::string> headers;
    for (const Column& column : table.columns_) headers.push_back(column.header);
    table.write_row(out, headers, widths);
    out << rule << '\n';
    for (const auto& row : table.rows_) {
        if (row.empty()) {
            out << rule << '\n';
        } else {
            table.write_row(out, row, widths);
        }
    }
    return out;
}

std::string grouped(std::int64_t value) { return with_commas(std::to_string(value)); }

std::string grouped(double value, int decimals)
{
    return std::isfinite(value) ? with_commas(fixed(value, decimals)) : "n/a";
}

std::string counted(std::size_t count, const std::string& noun)
{
    return grouped(static_cast<std::int64_t>(count)) + ' ' + noun + (count == 1 ? "" : "s");
}

std::string percent(double fraction)
{
    if (!std::isfinite(fraction)) return "n/a";
    if (std::abs(fraction) < kRoundingError) return "0 %";
    return (fraction > 0 ? "+" : "-") + fixed(100 * std::abs(fraction), 2) + " %";
}

}  // namespace plumbline::validate
