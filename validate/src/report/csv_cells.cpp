// SPDX-License-Identifier: Apache-2.0
#include "report/csv_cells.hpp"

#include "report/json_parts.hpp"

namespace plumbline::validate {

std::string csv_cell(const std::string& text)
{
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string field = "\"";
    for (char c : text) field += c == '"' ? std::string{"\"\""} : std::string{c};
    return field + '"';
}

std::string csv_number(double value) { return Json(value).dump(); }

}  // namespace plumbline::validate
