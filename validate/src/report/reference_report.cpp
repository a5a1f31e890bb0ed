// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iomanip>
#include <locale>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/reference_check.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

/// Deviations here are rounding errors or plain wrong: their magnitude says it.
std::string scientific(double deviation)
{
    if (!std::isfinite(deviation)) return "n/a";
    TextStream out;
    out.imbue(std::locale::classic());
    out << std::scientific << std::setprecision(1) << deviation;
    return deviation == 0 ? "0" : out.str();
}

Table quantity_table(const ReferenceReport& report, double tolerance)
{
    Table table{
        {"quantity", Align::left}, {"compared"}, {"worst deviation"}, {"", Align::left}, {"in record", Align::left}};
    for (const QuantityDeviation& each : report.quantities) {
        table.add({each.quantity, grouped(each.compared), scientific(each.worst),
                   each.worst <= tolerance ? "" : "outside", each.record});
    }
    return table;
}

Table score_table(const ReferenceReport& report)
{
    Table table{{"record", Align::left}, {"energy [pJ]"}, {"latency [cycles]"}};
    for (const RecordScore& score : report.scores) {
        table.add({score.record, picojoules(score.energy), cycles(score.latency)});
    }
    return table;
}

}  // namespace

std::string reference_text(const ReferenceReport& report, double tolerance)
{
    TextStream out;
    out << "records:";
    for (const auto& [kind, count] : report.records) out << ' ' << grouped(count) << ' ' << kind;
    out << (report.records.empty() ? " none\n" : "\n");
    if (!report.scores.empty()) out << '\n' << score_table(report);
    if (report.quantities.empty()) return out.str();
    out << '\n' << quantity_table(report, tolerance);
    out << "\ntolerance " << tolerance << ": " << (report.worst() <= tolerance ? "within" : "OUTSIDE") << '\n';
    return out.str();
}

std::string reference_json(const ReferenceReport& report, double tolerance)
{
    Json json{{"schema", "plumbline/cost/1"}, {"records", Json::object()}};
    for (const auto& [kind, count] : report.records) json["records"][kind] = count;
    json["tolerance"] = tolerance;
    json["within_tolerance"] = report.worst() <= tolerance;
    json["quantities"] = Json::array();
    for (const QuantityDeviation& each : report.quantities) {
        json["quantities"].push_back({{"quantity", each.quantity},
                                      {"compared", each.compared},
                                      {"worst_deviation", finite(each.worst)},
                                      {"record", each.record}});
    }
    json["scores"] = Json::array();
    for (const RecordScore& score : report.scores) {
        json["scores"].push_back(
            {{"record", score.record}, {"energy_pj", score.energy.count()}, {"latency_cycles", score.latency.count()}});
    }
    return printed(json);
}

}  // namespace plumbline::validate
