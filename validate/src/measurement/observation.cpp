// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/observation.hpp"

#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

void require_positive(double value, const std::string& field)
{
    if (std::isfinite(value) && value > 0) return;
    TextStream text;
    text << "is " << value << ", expected a positive number";
    throw InputError{field, text.str()};
}

}  // namespace

void check(const std::vector<Observation>& observations)
{
    std::set<std::pair<std::string, std::string>> rows;
    std::map<std::string, std::string> strata;
    for (std::size_t i = 0; i < observations.size(); ++i) {
        const Observation& row = observations[i];
        const std::string field = "observations[" + std::to_string(i) + ']';
        if (row.schedule.empty()) throw InputError{field + ".schedule", "is empty, expected the name of what ran"};
        require_positive(row.observed, field + ".observed");
        require_positive(row.weight, field + ".weight");
        if (!rows.insert({row.schedule, row.quantity}).second) {
            throw InputError{field, "'" + row.quantity + "' of '" + row.schedule + "' is given twice"};
        }
        const std::string& stratum = strata.insert({row.schedule, row.stratum}).first->second;
        if (stratum == row.stratum) continue;
        throw InputError{field + ".stratum", "is '" + row.stratum + "', expected '" + stratum + "' as other rows of '" +
                                                 row.schedule + "' have it"};
    }
}

std::vector<std::string> schedules_of(const std::vector<Observation>& observations)
{
    std::vector<std::string> names;
    std::set<std::string> known;
    for (const Observation& row : observations) {
        if (known.insert(row.schedule).second) names.push_back(row.schedule);
    }
    return names;
}

}  // namespace plumbline::validate
