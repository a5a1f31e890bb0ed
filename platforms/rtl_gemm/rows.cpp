// SPDX-License-Identifier: Apache-2.0
#include "rows.hpp"

#include <plumbline/io/csv.hpp>

#include <charconv>

namespace plumbline::rtl {
namespace {

/// One row of a table, read column by column.
class Fields {
public:
    Fields(const io::CsvTable& table, const io::CsvRow& row) : table_{&table}, row_{&row} {}

    std::int64_t number(const std::string& column) const
    {
        const auto index = table_->column(column);
        if (!index) throw table_->error(table_->header, column, "is missing");
        const std::string& cell = row_->cells[*index];
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (error != std::errc{} || end != cell.data() + cell.size() || value <= 0) {
            throw table_->error(*row_, column, "is '" + cell + "', expected a whole number above zero");
        }
        return value;
    }

    Gemm gemm(const std::string& suffix) const
    {
        const Gemm gemm{number("m" + suffix),      number("n" + suffix),      number("k" + suffix),
                        number("tile_m" + suffix), number("tile_n" + suffix), number("tile_k" + suffix)};
        check("tile_m" + suffix, gemm.m, gemm.tile_m, kArray);
        check("tile_n" + suffix, gemm.n, gemm.tile_n, 1);
        check("tile_k" + suffix, gemm.k, gemm.tile_k, kArray);
        return gemm;
    }

    void check_pair(const Gemm& first, const Gemm& second) const
    {
        const bool chained = second.m == first.m && second.k == first.n && second.tile_m == first.tile_m;
        const bool whole = first.tile_n == first.n && second.tile_n == second.n;
        if (chained && whole) return;
        throw table_->error(*row_, "", "expected a second product of the first, and tiles of all columns");
    }

private:
    void check(const std::string& column, std::int64_t size, std::int64_t tile, std::int64_t lanes) const
    {
        if (size % tile == 0 && tile % lanes == 0) return;
        throw table_->error(*row_, column,
                            "is " + std::to_string(tile) + ", expected a divisor of " + std::to_string(size) +
                                " and a multiple of " + std::to_string(lanes));
    }

    const io::CsvTable* table_;
    const io::CsvRow* row_;
};

std::string sizes(const Gemm& gemm)
{
    return std::to_string(gemm.m) + 'x' + std::to_string(gemm.n) + 'x' + std::to_string(gemm.k) + ", tiles " +
           std::to_string(gemm.tile_m) + 'x' + std::to_string(gemm.tile_n) + 'x' + std::to_string(gemm.tile_k);
}

}  // namespace

std::vector<GemmRow> read_gemm_rows(const std::string& path)
{
    const io::CsvTable table = io::read_csv(path);
    std::vector<GemmRow> rows;
    for (const io::CsvRow& row : table.rows) {
        const Fields fields{table, row};
        rows.push_back({fields.gemm(""), Cycles{fields.number("cycles")}});
    }
    return rows;
}

std::vector<FusedRow> read_fused_rows(const std::string& path)
{
    const io::CsvTable table = io::read_csv(path);
    std::vector<FusedRow> rows;
    for (const io::CsvRow& row : table.rows) {
        const Fields fields{table, row};
        const RtlTraffic traffic{Bits{fields.number("mem_to_buf")}, Bits{fields.number("buf_to_mem")},
                                 Bits{fields.number("buf_to_reg")}, Bits{fields.number("reg_to_buf")}};
        rows.push_back({fields.gemm("1"), fields.gemm("2"), Cycles{fields.number("cycles")}, traffic});
        fields.check_pair(rows.back().first, rows.back().second);
    }
    return rows;
}

std::string name_of(const GemmRow& row) { return "gemm " + sizes(row.gemm); }

std::string name_of(const FusedRow& row) { return "fused " + sizes(row.first) + " and " + sizes(row.second); }

}  // namespace plumbline::rtl
