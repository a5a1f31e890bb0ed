// SPDX-License-Identifier: Apache-2.0
// A validated schedule as a line of JSON: {"rows": …, "seen": …}, or the text why it was refused.
#include "plumbline/error.hpp"
#include "plumbline/validate/batch.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

std::string to_json_line(const ValidatedSchedule& schedule)
{
    if (!schedule.refused.empty()) return Json(schedule.refused).dump();
    return Json{{"rows", Json::parse(to_json_line(schedule.rows))}, {"seen", schedule.seen}}.dump();
}

void take_from_json_line(ValidatedSchedule& schedule, const std::string& line)
{
    try {
        const Json json = Json::parse(line);
        if (json.is_string()) {
            schedule.refused = json.get<std::string>();
            return;
        }
        schedule.rows = rows_from_json_line(json.at("rows").dump());
        schedule.seen = json.at("seen").get<Quantities>();
    } catch (const Json::exception&) {
        throw InputError{"schedule", "'" + line + "' cannot be understood, expected rows and what was seen"};
    }
}

}  // namespace plumbline::validate
