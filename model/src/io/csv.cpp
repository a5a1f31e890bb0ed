// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/csv.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "limits.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kBlank = " \t";

std::string trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(kBlank) - first + 1)};
}

/// Takes a text apart, record by record.
class CsvReader {
public:
    CsvReader(std::string_view text, std::string file) : text_{text}, file_{std::move(file)}
    {
        if (text_.substr(0, kByteOrderMark.size()) == kByteOrderMark) at_ = kByteOrderMark.size();
    }

    /// Nothing at the end.
    std::optional<CsvRow> next()
    {
        skip_lines_without_record();
        if (at_ >= text_.size()) return std::nullopt;
        CsvRow row;
        row.line = line_;
        do {
            row.cells.push_back(cell());
            if (row.cells.size() > kMostColumns)
                fail("has more than " + std::to_string(kMostColumns) + " columns, expected fewer");
        } while (take(','));
        end_line();
        return row;
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }

    bool take(char c)
    {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    void skip_lines_without_record()
    {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const std::size_t first = text_.find_first_not_of(" \t\r", at_);
            if (first < end && text_[first] != '#') return;
            at_ = std::min(end + 1, text_.size());
            ++line_;
        }
    }

    void skip_blanks() { at_ = std::min(text_.find_first_not_of(kBlank, at_), text_.size()); }

    void end_line()
    {
        take('\r');
        if (at_ < text_.size() && !take('\n')) fail("a carriage return inside a line");
        ++line_;
    }

    std::string cell()
    {
        skip_blanks();
        if (peek() == '"') return quoted();
        const std::size_t end = std::min(text_.find_first_of(",\r\n", at_), text_.size());
        const std::string_view content = text_.substr(at_, end - at_);
        if (content.find('"') != std::string_view::npos) fail("a quote inside a cell that does not begin with one");
        at_ = end;
        return trimmed(content);
    }

    std::string quoted()
    {
        const int begin = line_;
        std::string content;
        ++at_;
        for (;;) {
            if (at_ >= text_.size()) fail_at(begin, "a quote that is not closed");
            const char c = text_[at_++];
            if (c == '\n') ++line_;
            if (c == '"' && !take('"')) break;
            content += c;
        }
        skip_blanks();
        if (at_ < text_.size() && std::string_view{",\r\n"}.find(text_[at_]) == std::string_view::npos) {
            fail("text after a closing quote");
        }
        return content;
    }

    [[noreturn]] void fail(const std::string& problem) const { fail_at(line_, problem); }
    [[noreturn]] void fail_at(int line, const std::string& problem) const
    {
        throw InputError{SourceLocation{file_, line, {}}, problem};
    }

    std::string_view text_;
    std::string file_;
    std::size_t at_ = 0;
    int line_ = 1;
};

void check_header(const CsvTable& table)
{
    std::unordered_set<std::string> names;
    for (const std::string& name : table.header.cells) {
        if (name.empty()) throw table.error(table.header, {}, "a column without a name");
        if (!names.insert(name).second) throw table.error(table.header, name, "the column is there twice");
    }
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const
{
    const auto found = std::find(header.cells.begin(), header.cells.end(), name);
    if (found == header.cells.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.cells.begin());
}

InputError CsvTable::error(const CsvRow& row, std::string column, const std::string& problem) const
{
    return InputError{SourceLocation{file, row.line, std::move(column)}, problem};
}

CsvTable parse_csv(std::string_view text, const std::string& file)
{
    check_text(text, file);
    CsvReader reader{text, file};
    std::optional<CsvRow> header = reader.next();
    if (!header) throw InputError{SourceLocation{file, 1, {}}, "is empty, expected a header with the names of columns"};
    CsvTable table{file, std::move(*header), {}};
    check_header(table);
    while (std::optional<CsvRow> row = reader.next()) {
        if (row->cells.size() != table.header.cells.size()) {
            throw table.error(*row, {},
                              "has " + std::to_string(row->cells.size()) + " cells, expected " +
                                  std::to_string(table.header.cells.size()) + " as in the header");
        }
        table.rows.push_back(std::move(*row));
    }
    return table;
}

CsvTable read_csv(const std::string& path) { return parse_csv(read_text(path, kMostJsonBytes), path); }

}  // namespace plumbline::io
