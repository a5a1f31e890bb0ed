// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/findings_report.hpp"

#include <algorithm>
#include <array>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr std::array<Severity, 3> kWorstFirst{Severity::error, Severity::suspicious, Severity::remark};

std::string place_of(const SourceLocation& where)
{
    return where.line == 0 ? where.file : where.file + ':' + std::to_string(where.line);
}

/// "2 errors", "1 remark", "3 suspicious".
std::string counted_findings(std::size_t count, Severity severity)
{
    const std::string name{name_of(severity)};
    return severity == Severity::suspicious ? std::to_string(count) + ' ' + name : counted(count, name);
}

Json json_of(const Finding& finding)
{
    return {{"severity", std::string{name_of(finding.severity)}},
            {"file", finding.where.file},
            {"line", finding.where.line == 0 ? Json{} : Json(finding.where.line)},
            {"field", finding.where.field},
            {"text", finding.text}};
}

}  // namespace

std::size_t count_of(const std::vector<Finding>& findings, Severity severity)
{
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [severity](const Finding& each) { return each.severity == severity; }));
}

std::string findings_text(const std::vector<Finding>& findings)
{
    if (findings.empty()) return "nothing wrong or suspicious\n";
    Table table{{"where", Align::left}, {"severity", Align::left}, {"finding", Align::left}};
    for (const Finding& each : findings) {
        const std::string field = each.where.field.empty() ? "" : each.where.field + ": ";
        table.add({place_of(each.where), std::string{name_of(each.severity)}, field + each.text});
    }
    TextStream out;
    out << table << '\n';
    bool first = true;
    for (Severity severity : kWorstFirst) {
        const std::size_t count = count_of(findings, severity);
        if (count == 0) continue;
        out << (first ? "" : ", ") << counted_findings(count, severity);
        first = false;
    }
    out << '\n';
    return out.str();
}

std::string findings_json(const std::vector<Finding>& findings)
{
    Json counts;
    for (Severity severity : kWorstFirst) counts[std::string{name_of(severity)}] = count_of(findings, severity);
    Json list = Json::array();
    for (const Finding& each : findings) list.push_back(json_of(each));
    return printed({{"schema", "plumbline/check/1"}, {"counts", counts}, {"findings", list}});
}

}  // namespace plumbline::validate
