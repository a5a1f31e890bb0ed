// SPDX-License-Identifier: Apache-2.0
// A generated schedule as a line of JSON: only what is known of it.
#include "plumbline/error.hpp"
#include "plumbline/validate/generated_schedule.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

std::string to_json_line(const GeneratedSchedule& schedule)
{
    const ValidatedSchedule& validated = schedule.validated;
    Json json = Json::object();
    if (!validated.infeasible.empty()) json["infeasible"] = validated.infeasible;
    if (!validated.refused.empty()) json["refused"] = validated.refused;
    if (!validated.rows.empty()) json["rows"] = Json::parse(to_json_line(validated.rows));
    if (schedule.other_cycles) json["other_cycles"] = schedule.other_cycles->count();
    if (schedule.computed != Computed::not_run) json["computed"] = static_cast<int>(schedule.computed);
    if (!schedule.causes.empty()) json["causes"] = schedule.causes;
    if (!schedule.details.empty()) json["details"] = schedule.details;
    return json.dump();
}

void take_from_json_line(GeneratedSchedule& schedule, const std::string& line)
{
    const auto refuse = [&] {
        throw InputError{"schedule", "'" + line + "' cannot be understood, expected what came of a generated schedule"};
    };
    try {
        const Json json = Json::parse(line);
        if (!json.is_object()) refuse();
        const auto take = [&](const char* key, auto& value) {
            if (json.contains(key)) json.at(key).get_to(value);
        };
        take("infeasible", schedule.validated.infeasible);
        take("refused", schedule.validated.refused);
        take("causes", schedule.causes);
        take("details", schedule.details);
        if (json.contains("rows")) schedule.validated.rows = rows_from_json_line(json.at("rows").dump());
        if (json.contains("other_cycles")) schedule.other_cycles = Cycles{json.at("other_cycles").get<std::int64_t>()};
        if (json.contains("computed")) schedule.computed = static_cast<Computed>(json.at("computed").get<int>());
    } catch (const Json::exception&) {
        refuse();
    }
}

}  // namespace plumbline::validate
