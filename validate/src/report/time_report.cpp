// SPDX-License-Identifier: Apache-2.0
#include "report/time_report.hpp"

#include "plumbline/text_stream.hpp"
#include "report/csv_cells.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr int kDigits = 4;

std::string text_of(sim::Period period)
{
    const bool short_one = period.femtoseconds < 1'000'000;
    return shortest_text(static_cast<double>(period.femtoseconds) / (short_one ? 1e3 : 1e6)) +
           (short_one ? " ps" : " ns");
}

}  // namespace

double milliseconds(sim::Period period, Cycles cycles)
{
    return static_cast<double>(cycles.count()) * static_cast<double>(period.femtoseconds) * 1e-12;
}

double milliwatts(sim::Period period, Cycles cycles, Picojoules energy)
{
    const double time = milliseconds(period, cycles);
    return time > 0 ? energy.count() * 1e-6 / time : 0;
}

std::string time_line(const Subject& subject, Cycles cycles, Picojoules energy)
{
    if (!subject.period) return {};
    const double time = milliseconds(*subject.period, cycles);
    std::string line = "at " + text_of(*subject.period) + " a cycle: " + significant(time, kDigits) + " ms, ";
    if (time > 0) line += significant(1e3 / time, kDigits) + " runs a second, ";
    return line + significant(milliwatts(*subject.period, cycles, energy), kDigits) + " mW\n";
}

void add_time_columns(std::vector<Column>& columns, const std::optional<sim::Period>& period)
{
    if (period) columns.insert(columns.end(), {{"time [ms]"}, {"power [mW]"}});
}

void add_time_cells(std::vector<std::string>& row, const std::optional<sim::Period>& period, Cycles cycles,
                    Picojoules energy)
{
    if (!period) return;
    row.push_back(significant(milliseconds(*period, cycles), kDigits));
    row.push_back(significant(milliwatts(*period, cycles, energy), kDigits));
}

std::string time_header(const std::optional<sim::Period>& period) { return period ? ",time_ms,power_mw" : ""; }

std::string time_fields(const std::optional<sim::Period>& period) { return period ? ",," : ""; }

std::string time_fields(const std::optional<sim::Period>& period, Cycles cycles, Picojoules energy)
{
    if (!period) return "";
    return ',' + csv_number(milliseconds(*period, cycles)) + ',' + csv_number(milliwatts(*period, cycles, energy));
}

Json time_json(sim::Period period, Cycles cycles, std::optional<Picojoules> energy)
{
    const double time = milliseconds(period, cycles);
    return {{"milliseconds", time},
            {"runs_per_second", time > 0 ? Json(1e3 / time) : Json(nullptr)},
            {"milliwatts", energy ? Json(milliwatts(period, cycles, *energy)) : Json(nullptr)}};
}

}  // namespace plumbline::validate
