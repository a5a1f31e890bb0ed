// SPDX-License-Identifier: Apache-2.0
#include "measurement/csv_import.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/io/csv.hpp"

namespace plumbline::validate {
namespace {

using io::CsvRow;
using io::CsvTable;
using sim::Activity;

constexpr std::array<std::string_view, 8> kPlaces{"range", "layer",   "step",      "memory",
                                                  "port",  "operand", "direction", "phase"};
constexpr std::string_view kTimePrefix = "time_";

/// The columns of a file: which there are, and in which units.
class Columns {
public:
    explicit Columns(const CsvTable& table) : table_{&table}
    {
        for (const std::string& name : table.header.cells) classify(name);
        if (amount_.empty() && time_.empty() && !table.column("energy_pj")) {
            fail({},
                 "no column says how much, expected words, granules, bits or bytes, or time_cycles, time_ps, "
                 "time_ns or time_us");
        }
        if (!amount_.empty()) require({"memory", "operand", "direction"}, amount_);
        if (table.column("operand") || table.column("direction")) require_amount();
        if (table.column("port")) require({"memory"}, "port");
        if (table.column("phase") && time_.empty()) fail("phase", "needs a column of times, such as time_cycles");
    }

    const std::string& amount() const { return amount_; }
    io::AmountUnit amount_unit() const { return *io::amount_unit_named(amount_); }
    const std::string& time() const { return time_; }
    io::TimeUnit time_unit() const { return *io::time_unit_named(time_.substr(kTimePrefix.size())); }

private:
    void classify(const std::string& name)
    {
        if (io::amount_unit_named(name)) {
            take(amount_, name);
        } else if (name.rfind(kTimePrefix, 0) == 0 && io::time_unit_named(name.substr(kTimePrefix.size()))) {
            take(time_, name);
        } else if (std::find(kPlaces.begin(), kPlaces.end(), name) == kPlaces.end() && name != "transactions" &&
                   name != "energy_pj") {
            fail(name,
                 "is not a known column, expected range, layer, step, memory, port, operand, direction, phase, "
                 "transactions, energy_pj, one of words, granules, bits and bytes, and one of time_cycles, "
                 "time_ps, time_ns and time_us");
        }
    }
    void take(std::string& unit, const std::string& name)
    {
        if (!unit.empty()) fail(name, "mixes units with the column " + unit + ", expected one of both");
        unit = name;
    }
    void require(const std::vector<std::string_view>& names, const std::string& because_of) const
    {
        for (std::string_view name : names) {
            if (!table_->column(name)) fail(std::string{name}, "the column is missing, which " + because_of + " needs");
        }
    }
    void require_amount() const
    {
        if (amount_.empty()) fail({}, "a column of amounts is missing, expected words, granules, bits or bytes");
    }
    [[noreturn]] void fail(const std::string& column, const std::string& problem) const
    {
        throw table_->error(table_->header, column, problem);
    }

    const CsvTable* table_;
    std::string amount_;
    std::string time_;
};

/// One file's rows, into the builder.
class CsvImporter {
public:
    CsvImporter(const CsvTable& table, double cycle_ns, RunRecordBuilder& builder)
        : table_{&table},
          columns_{table},
          cycle_ns_{cycle_ns},
          builder_{&builder}
    {}

    void import(const CsvRow& row)
    {
        row_ = &row;
        try {
            refuse_duplicate();
            if (has("memory")) {
                has("port") ? import_port() : import_accesses();
            } else {
                import_time();
            }
        } catch (const InputError& error) {
            if (!error.where().file.empty()) throw;
            fail(error.where().field, error.problem());
        }
    }

private:
    [[noreturn]] void fail(const std::string& column, const std::string& problem) const
    {
        throw table_->error(*row_, column, problem);
    }

    /// Empty where there is no such column.
    std::string text(std::string_view column) const
    {
        const auto index = table_->column(column);
        return index ? row_->cells[*index] : std::string{};
    }
    bool has(std::string_view column) const { return !text(column).empty(); }

    std::string needed(std::string_view column) const
    {
        std::string value = text(column);
        if (value.empty()) fail(std::string{column}, "is empty");
        return value;
    }

    double number(const std::string& column) const
    {
        const std::string value = needed(column);
        double parsed = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
        if (error != std::errc{} || end != value.data() + value.size() || !std::isfinite(parsed)) {
            fail(column, "'" + value + "' is not a number");
        }
        if (parsed < 0) fail(column, "is " + value + ", expected at least 0");
        return parsed;
    }

    std::optional<double> time() const
    {
        if (columns_.time().empty() || !has(columns_.time())) return std::nullopt;
        return io::cycles(number(columns_.time()), columns_.time_unit(), cycle_ns_);
    }
    double needed_time() const
    {
        if (columns_.time().empty()) fail({}, "says neither a memory nor a time");
        needed(columns_.time());
        return *time();
    }

    /// Things with two names by one of them.
    std::string name(std::string_view column) const
    {
        if (!has(column)) return {};
        if (column == "layer") return std::to_string(builder_->layer(text(column)));
        if (column == "operand") return std::string{name_of(RunRecordBuilder::operand(text(column)))};
        return text(column);
    }

    void refuse_duplicate()
    {
        std::vector<std::string> place;
        place.reserve(kPlaces.size());
        for (std::string_view column : kPlaces) place.push_back(name(column));
        const auto [earlier, first] = lines_.insert({std::move(place), row_->line});
        if (!first) fail({}, "says again what line " + std::to_string(earlier->second) + " said");
    }

    /// Nothing for the whole run.
    MaybeActivity activity() const
    {
        const std::string step = text("step");
        if (!step.empty() && step != "compute" && step != "copy") {
            fail("step", "'" + step + "' is unknown, expected compute or copy");
        }
        const auto layer = has("layer") ? std::optional<LayerId>{builder_->layer(text("layer"))} : std::nullopt;
        if (step == "copy") return Activity{Activity::Kind::copy, layer};
        if (step == "compute" && !layer) fail("layer", "is empty, expected the layer that was computed");
        return layer ? MaybeActivity{{Activity::Kind::compute, layer}} : std::nullopt;
    }

    void refuse(std::initializer_list<std::string_view> columns, const std::string& because_of) const
    {
        for (std::string_view column : columns) {
            if (has(column)) fail(std::string{column}, "has no meaning in a row of " + because_of + ", expected empty");
        }
    }

    void import_accesses()
    {
        refuse({"phase", "energy_pj"}, "accesses");
        if (columns_.amount().empty()) fail({}, "a row of a memory needs a port, or an amount");
        if (has("transactions")) number("transactions");
        const Border border = builder_->border(needed("memory"), needed("operand"), needed("direction"));
        builder_->add_accesses(activity(), border, number(columns_.amount()), columns_.amount_unit(), time());
    }

    void import_port()
    {
        refuse({"layer", "step", "operand", "direction", "phase", "energy_pj"}, "a port");
        if (!columns_.amount().empty()) refuse({columns_.amount()}, "a port");
        const MemoryId memory = builder_->memory(text("memory"));
        builder_->add_busy(memory, builder_->port(memory, text("port")), needed_time());
    }

    void import_time()
    {
        refuse({"port", "operand", "direction", "transactions"}, "times");
        if (!columns_.amount().empty()) refuse({columns_.amount()}, "times");
        const MaybeActivity step = activity();
        if (has("energy_pj")) {
            if (step) fail("energy_pj", "is of a step, expected that of the whole run");
            builder_->add_energy(Picojoules{number("energy_pj")});
            if (columns_.time().empty() || !has(columns_.time())) return;
        }
        const double cycles = needed_time();
        const std::string phase_name = has("phase") ? text("phase") : "total";
        const auto phase = stated_phase_named(phase_name);
        if (!phase) {
            fail("phase", "'" + phase_name + "' is unknown, expected total, computing, loading or offloading");
        }
        if (step) {
            builder_->add_time(*step, *phase, cycles);
        } else if (*phase == StatedPhase::total) {
            builder_->add_run_time(cycles);
        } else {
            fail("phase", "is of the whole run, expected phases of layers");
        }
    }

    const CsvTable* table_;
    Columns columns_;
    double cycle_ns_;
    RunRecordBuilder* builder_;
    const CsvRow* row_ = nullptr;
    std::map<std::vector<std::string>, int> lines_;
};

}  // namespace

void import_csv(const std::string& path, double cycle_ns, RunRecordBuilder& builder)
{
    const CsvTable table = io::read_csv(path);
    CsvImporter importer{table, cycle_ns, builder};
    if (table.rows.empty()) throw table.error(table.header, {}, "has a header, but no rows");
    for (const CsvRow& row : table.rows) importer.import(row);
}

}  // namespace plumbline::validate
