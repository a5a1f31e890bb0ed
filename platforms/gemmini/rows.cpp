// SPDX-License-Identifier: Apache-2.0
#include "rows.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>

#include <plumbline/io/csv.hpp>

#include "mapping_text.hpp"

namespace plumbline::gemmini {
namespace {

constexpr std::int64_t kLargest = std::int64_t{1} << 24;
constexpr std::int64_t kMostCycles = std::int64_t{1} << 50;

/// One row of a table, read column by column.
class Fields {
public:
    Fields(const io::CsvTable& table, const io::CsvRow& row) : table_{&table}, row_{&row} {}

    const std::string& text(const std::string& column) const
    {
        const auto index = table_->column(column);
        if (!index) throw table_->error(table_->header, column, "is missing");
        return row_->cells[*index];
    }

    std::int64_t number(const std::string& column, std::int64_t most = kLargest) const
    {
        const std::string& cell = text(column);
        const auto value = whole_number(cell);
        if (!value || *value > most) {
            throw error(column, "is '" + cell + "', expected a whole number from 1 to " + std::to_string(most));
        }
        return *value;
    }

    Cycles cycles(const std::string& column) const { return Cycles{number(column, kMostCycles)}; }
    bool has(const std::string& column) const { return table_->column(column).has_value(); }
    InputError error(const std::string& column, const std::string& problem) const
    {
        return table_->error(*row_, column, problem);
    }

private:
    const io::CsvTable* table_;
    const io::CsvRow* row_;
};

Shape shape_of(const Fields& fields)
{
    Shape shape;
    const std::array<std::pair<const char*, Dim>, kDims> columns{
        {{"batch", Dim::n}, {"k", Dim::k}, {"c", Dim::c}, {"p", Dim::p}, {"q", Dim::q}, {"r", Dim::r}, {"s", Dim::s}}};
    for (const auto& [column, dim] : columns) shape.sizes[dim] = fields.number(column);
    shape.stride_p = fields.number("stride_p");
    shape.stride_q = fields.number("stride_q");
    for (const char* column : {"dilation_p", "dilation_q"}) {
        if (fields.number(column) != 1) throw fields.error(column, "expected 1: no row of these files is dilated");
    }
    return shape;
}

/// Seven sizes, along r, s, p, q, c, k and batch.
Extents own_tile_of(const Fields& fields, const Shape& shape)
{
    constexpr std::array<Dim, kDims> kOrder{Dim::r, Dim::s, Dim::p, Dim::q, Dim::c, Dim::k, Dim::n};
    std::string_view rest = fields.text("own_tiling");
    Extents tile;
    for (std::size_t i = 0; i < kDims; ++i) {
        const std::size_t end = std::min(rest.find('_'), rest.size());
        const auto size = whole_number(rest.substr(0, end));
        const bool last = i + 1 == kDims;
        if (!size || (end == rest.size()) != last) {
            throw fields.error("own_tiling", "is '" + fields.text("own_tiling") +
                                                 "', expected seven whole numbers above 0 with '_' between them");
        }
        tile[kOrder[i]] = std::min(*size, shape.sizes[kOrder[i]]);
        rest.remove_prefix(last ? end : end + 1);
    }
    return tile;
}

void check_covers(const Fields& fields, const Row& row)
{
    Extents covered = row.mapping.tile;
    for (const TileLoop& loop : row.mapping.loops) covered[loop.dim] *= loop.size;
    for (Dim dim : kAllDims) {
        if (covered[dim] >= row.shape.sizes[dim]) continue;
        throw fields.error("mapping", std::string{"covers "} + std::to_string(covered[dim]) + " of " + letter_of(dim) +
                                          ", expected at least " + std::to_string(row.shape.sizes[dim]));
    }
}

Row row_of(const Fields& fields, int line)
{
    Row row;
    row.line = line;
    row.shape = shape_of(fields);
    row.mapping_text = fields.text("mapping");
    try {
        row.mapping = parse_mapping(row.mapping_text);
    } catch (const MappingError& problem) {
        throw fields.error("mapping", problem.what());
    }
    check_covers(fields, row);
    row.cycles = fields.cycles("rtl_cycles");
    if (fields.has("own_tiling")) {
        row.own_tile = own_tile_of(fields, row.shape);
        row.own_cycles = fields.cycles("rtl_cycles_own_tiling");
    }
    if (fields.has("their_analytical_cycles")) row.their_cycles = fields.cycles("their_analytical_cycles");
    return row;
}

}  // namespace

bool Shape::matrix_product() const
{
    return sizes[Dim::q] == 1 && sizes[Dim::r] == 1 && sizes[Dim::s] == 1 && stride_p == 1;
}

std::string name_of(const Shape& shape)
{
    const auto size = [&](Dim dim) { return std::to_string(shape.sizes[dim]); };
    return size(Dim::n) + 'x' + size(Dim::k) + 'x' + size(Dim::c) + ' ' + size(Dim::p) + 'x' + size(Dim::q) + ' ' +
           size(Dim::r) + 'x' + size(Dim::s) + " stride " + std::to_string(shape.stride_p) +
           (shape.stride_q == shape.stride_p ? "" : 'x' + std::to_string(shape.stride_q));
}

std::vector<Row> read_rows(const std::string& path)
{
    const io::CsvTable table = io::read_csv(path);
    std::vector<Row> rows;
    for (const io::CsvRow& row : table.rows) rows.push_back(row_of({table, row}, row.line));
    if (rows.empty()) throw table.error(table.header, "", "expected at least one row below the header");
    return rows;
}

}  // namespace plumbline::gemmini
