// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/accuracy.hpp"

#include <cmath>
#include <set>

#include "plumbline/validate/comparison.hpp"

namespace plumbline::validate {
namespace {

const std::string& group_of(const Observation& row, Group group)
{
    return group == Group::quantity ? row.quantity : row.stratum;
}

}  // namespace

Accuracy accuracy_of(const HeldOutPredictions& judged)
{
    Accuracy found;
    std::vector<double> observed;
    const std::vector<Observation>& rows = judged.rows();
    found.rows = rows.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double off = deviation(judged.predicted()[i], rows[i].observed);
        found.mape += std::abs(off) / static_cast<double>(rows.size());
        found.bias += off / static_cast<double>(rows.size());
        observed.push_back(rows[i].observed);
        if (found.worst_schedule.empty() || std::abs(off) > std::abs(found.worst)) {
            found.worst = off;
            found.worst_schedule = rows[i].schedule;
        }
    }
    found.kendall_tau = kendall_tau(judged.predicted(), observed);
    return found;
}

std::map<std::string, Accuracy> accuracy_by(const HeldOutPredictions& judged, Group group)
{
    std::set<std::string> names;
    for (const Observation& row : judged.rows()) names.insert(group_of(row, group));
    std::map<std::string, Accuracy> found;
    for (const std::string& name : names) {
        found[name] = accuracy_of(judged.where([&](const Observation& row) { return group_of(row, group) == name; }));
    }
    return found;
}

}  // namespace plumbline::validate
