// SPDX-License-Identifier: Apache-2.0
// Tables of others as text: CSV by RFC 4180, with a header.
//
// Cells may be quoted, and then hold commas, line ends and doubled quotes. Lines end in LF or CRLF; an UTF-8 byte order
// mark, empty lines and lines that begin with '#' are skipped; spaces around a cell that is not quoted are dropped. Every
// row knows its line, so that whoever finds it wrong can say so.
//
//     const CsvTable table = read_csv("rtl.csv");
//     for (const CsvRow& row : table.rows) row.cell(table.column("memory"));
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/error.hpp"

#pragma GCC visibility push(default)
namespace plumbline::io {

/// The cells of a row.
struct CsvRow {
    int line = 0;                    ///< on which it begins
    std::vector<std::string> cells;  ///< without quotes
};

/// A table whose first row names its columns.
struct CsvTable {
    std::string file;          ///< named in errors
    CsvRow header;             ///< names of the columns
    std::vector<CsvRow> rows;  ///< as many cells each as the header

    /// Index of a column; nothing where there is none of that name.
    std::optional<std::size_t> column(std::string_view name) const;
    /// An error in a cell of a row. `column` may be empty.
    InputError error(const CsvRow& row, std::string column, const std::string& problem) const;
};

/// \throws InputError for a file without header, a column that is there twice, a row with more or fewer cells than the
/// header, a quote that does not close or is not at the ends of a cell
/// The table in a text; `file` is named in errors.
CsvTable parse_csv(std::string_view text, const std::string& file);
/// \throws InputError where the file cannot be read, too
/// The same from a file.
CsvTable read_csv(const std::string& path);

}  // namespace plumbline::io
#pragma GCC visibility pop
