// SPDX-License-Identifier: Apache-2.0
// Text tables that people read: columns as wide as their widest cell, numbers to the right, units in the headers.
//
//     Table table{{"layer", Align::left}, {"latency [cycles]"}};
//     table.add({"conv1", grouped(2146501)});
//     out << table;
#pragma once

#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

enum class Align : std::uint8_t { left, right };

struct Column {
    std::string header;
    Align align = Align::right;
};

class Table {
public:
    Table(std::initializer_list<Column> columns) : columns_{columns} {}
    explicit Table(std::vector<Column> columns) : columns_{std::move(columns)} {}

    /// \pre one cell per column
    void add(std::vector<std::string> cells);
    /// A rule between the rows before and those that follow.
    void add_rule();

    bool empty() const { return rows_.empty(); }
    const std::vector<Column>& columns() const { return columns_; }
    /// A row without cells is a rule.
    const std::vector<std::vector<std::string>>& rows() const { return rows_; }
    friend std::ostream& operator<<(std::ostream& out, const Table& table);

private:
    std::vector<std::size_t> widths() const;
    void write_row(std::ostream& out, const std::vector<std::string>& cells,
                   const std::vector<std::size_t>& widths) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};
std::ostream& operator<<(std::ostream& out, const Table& table);

/// "2,146,501".
std::string grouped(std::int64_t value);
/// "30,473,560.8", with `decimals` digits after the point.
std::string grouped(double value, int decimals);
/// "1 point", "108 points".
std::string counted(std::size_t count, const std::string& noun);
/// "+1.25 %"; "0 %" for none at all, "+0.00 %" for one too small to show; "n/a" where it is infinite.
std::string percent(double fraction);

}  // namespace plumbline::validate
#pragma GCC visibility pop
