// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/batch_report.hpp"
#include "plumbline/validate/batch_summary.hpp"
#include "plumbline/validate/table.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kReplacement = "\xEF\xBF\xBD";  // U+FFFD

/// Length of the UTF-8 sequence at `at`; 0 where there is none that XML knows.
std::size_t sequence_at(const std::string& text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4) return 0;
    if (length == 1) return lead >= 0x20 || lead == '\t' || lead == '\n' || lead == '\r' ? 1 : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xC0U) != 0x80) return 0;
    const unsigned second = byte(at + 1);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second >= 0xA0) || (lead == 0xF4 && second >= 0x90);
    const bool no_character = lead == 0xEF && second == 0xBF && byte(at + 2) >= 0xBE;
    return overlong || outside || no_character ? 0 : length;
}

std::string entity(char c)
{
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '"': return "&quot;";
        case '\'': return "&apos;";
        case '\t': return "&#9;";
        case '\n': return "&#10;";
        case '\r': return "&#13;";
        default: return {};
    }
}

std::string attribute(const char* name, const std::string& value)
{
    return std::string{" "} + name + "=\"" + xml_escaped(value) + '"';
}

std::string attribute(const char* name, std::size_t value) { return attribute(name, std::to_string(value)); }

struct CaseCounts {
    std::size_t tests = 0;
    std::size_t failures = 0;
    std::size_t errors = 0;
    std::size_t skipped = 0;

    CaseCounts& operator+=(const CaseCounts& other)
    {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        return *this;
    }
    std::string attributes() const
    {
        return attribute("tests", tests) + attribute("failures", failures) + attribute("errors", errors) +
               attribute("skipped", skipped);
    }
};

std::string exact(double value) { return significant(value, 15); }

std::string line_of(const BatchRow& row, const ValidatedSchedule& schedule, const std::vector<io::ToleranceRule>& rules)
{
    return predictor_of(row, schedule) + ' ' + std::string{name_of(row.quantity)} + ", " + label(row) + ": predicted " +
           exact(row.predicted) + ", simulated " + exact(row.simulated) + ", deviation " + percent(row.deviation()) +
           " (" + exact(row.deviation()) + "), allowed " + exact(*allowed(row, rules));
}

void write_property(std::ostream& out, const std::string& name, const std::string& value)
{
    out << "      <property" << attribute("name", name) << attribute("value", value) << "/>\n";
}

/// Of a suite whose accelerator was calibrated: how far off are the schedules that were held out, and which were not.
void write_properties(std::ostream& out, const ScheduleGroup& schedules)
{
    std::string fitted;
    bool held_out = false;
    for (const ValidatedSchedule* schedule : schedules) {
        if (schedule->part == Part::fitted) fitted += (fitted.empty() ? "" : "; ") + schedule->name;
        held_out = held_out || schedule->calibrated;
    }
    if (fitted.empty() && !held_out) return;
    const HeldOutSummary summary = summarise_held_out(schedules);
    out << "    <properties>\n";
    write_property(out, "fitted to", fitted);
    for (const auto& [by, latency] : {std::pair{"uniform", summary.uniform},
                                      {"refined", summary.refined},
                                      {"refined, calibrated", summary.calibrated}}) {
        if (latency.schedules == 0) continue;
        write_property(out, std::string{"held out, latency MAPE, "} + by, exact(latency.mape));
        write_property(out, std::string{"held out, latency worst, "} + by, exact(latency.worst.deviation()));
    }
    out << "    </properties>\n";
}

/// Writes a schedule as a test case. \return what it adds to the counts
CaseCounts write_case(std::ostream& out, const ValidatedSchedule& schedule, const std::vector<io::ToleranceRule>& rules)
{
    CaseCounts counts;
    counts.tests = 1;
    out << "    <testcase" << attribute("classname", schedule.accelerator + '.' + schedule.network)
        << attribute("name", schedule.name);
    const auto rows = outside(schedule, rules);
    if (!schedule.infeasible.empty()) {
        counts.skipped = 1;
        out << ">\n      <skipped" << attribute("message", "infeasible: " + schedule.infeasible)
            << "/>\n    </testcase>\n";
    } else if (!schedule.refused.empty()) {
        counts.errors = 1;
        out << ">\n      <error" << attribute("message", schedule.refused) << attribute("type", "refused")
            << "/>\n    </testcase>\n";
    } else if (!rows.empty()) {
        counts.failures = 1;
        std::string lines;
        for (const BatchRow* row : rows) lines += xml_escaped(line_of(*row, schedule, rules)) + '\n';
        out << ">\n      <failure" << attribute("message", counted(rows.size(), "row") + " outside tolerance")
            << attribute("type", "tolerance") << '>' << lines << "</failure>\n    </testcase>\n";
    } else {
        out << "/>\n";
    }
    return counts;
}

}  // namespace

std::string xml_escaped(const std::string& text)
{
    std::string escaped;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = sequence_at(text, at);
        const std::string named = length == 1 ? entity(text[at]) : std::string{};
        if (length == 0)
            escaped += kReplacement;
        else
            escaped += named.empty() ? text.substr(at, length) : named;
        at += std::max<std::size_t>(length, 1);
    }
    return escaped;
}

std::string batch_junit(const ValidationBatch& batch)
{
    TextStream suites;
    CaseCounts all;
    const auto& schedules = batch.schedules;
    for (auto begin = schedules.begin(); begin != schedules.end();) {
        const auto other = [&](const ValidatedSchedule& schedule) {
            return schedule.accelerator != begin->accelerator || schedule.network != begin->network;
        };
        const auto end = std::find_if(begin, schedules.end(), other);
        TextStream cases;
        CaseCounts counts;
        ScheduleGroup group;
        for (auto schedule = begin; schedule != end; ++schedule) group.push_back(&*schedule);
        write_properties(cases, group);
        for (auto schedule = begin; schedule != end; ++schedule) counts += write_case(cases, *schedule, batch.rules);
        suites << "  <testsuite" << attribute("name", begin->accelerator + ' ' + begin->network) << counts.attributes()
               << ">\n"
               << cases.str() << "  </testsuite>\n";
        all += counts;
        begin = end;
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "plumbline validate") +
           all.attributes() + ">\n" + suites.str() + "</testsuites>\n";
}

}  // namespace plumbline::validate
