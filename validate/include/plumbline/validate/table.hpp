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

/// Of cells within a column.
enum class Align : std::uint8_t { left, right };

/// A column of a table.
struct Column {
    std::string header;          ///< with the unit: "latency [cycles]"
    Align align = Align::right;  ///< of header and cells
};

/// Rows of text cells below headers, printed with operator<<.
class Table {
public:
    /// Without rows.
    Table(std::initializer_list<Column> columns) : columns_{columns} {}
    /// Likewise, for columns that are known at run time.
    explicit Table(std::vector<Column> columns) : columns_{std::move(columns)} {}

    /// \pre one cell per column
    void add(std::vector<std::string> cells);
    /// A rule between the rows before and those that follow.
    void add_rule();

    /// There are no rows.
    bool empty() const { return rows_.empty(); }
    /// From left to right.
    const std::vector<Column>& columns() const { return columns_; }
    /// A row without cells is a rule.
    const std::vector<std::vector<std::string>>& rows() const { return rows_; }
    /// As text, without colours; spaces at the ends of lines are left out.
    friend std::ostream& operator<<(std::ostream& out, const Table& table);

private:
    std::vector<std::size_t> widths() const;
    void write_row(std::ostream& out, const std::vector<std::string>& cells,
                   const std::vector<std::size_t>& widths) const;

    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};
/// As text, without colours; spaces at the ends of lines are left out.
std::ostream& operator<<(std::ostream& out, const Table& table);

/// "2,146,501".
std::string grouped(std::int64_t value);
/// "30,473,560.8", rounded to `decimals` digits after the point; "n/a" where it is not finite.
std::string grouped(double value, int decimals);
/// "1 point", "108 points".
std::string counted(std::size_t count, const std::string& noun);
/// "+1.25 %"; "0 %" for none at all, "+0.00 %" for one too small to show; "n/a" where it is infinite.
std::string percent(double fraction);

}  // namespace plumbline::validate
#pragma GCC visibility pop
