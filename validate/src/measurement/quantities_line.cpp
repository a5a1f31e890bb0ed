// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "plumbline/error.hpp"
#include "plumbline/validate/quantities.hpp"

namespace plumbline::validate {

std::string to_json_line(const Quantities& quantities) { return nlohmann::json(quantities).dump(); }

Quantities quantities_from_json_line(const std::string& line)
{
    try {
        return nlohmann::json::parse(line).get<Quantities>();
    } catch (const nlohmann::json::exception&) {
        throw InputError{"quantities", "'" + line + "' cannot be understood, expected names and numbers"};
    }
}

}  // namespace plumbline::validate
