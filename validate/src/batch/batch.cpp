// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/batch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "measurement/step_labels.hpp"
#include "plumbline/error.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {
namespace {

using io::ToleratedQuantity;

/// Rows of one comparison, all by the same estimator.
class Rows {
public:
    explicit Rows(Estimator estimator) : estimator_{estimator} {}

    template <class T>
    BatchRow& add(ToleratedQuantity quantity, const Both<T>& both)
    {
        BatchRow row;
        row.estimator = estimator_;
        row.quantity = quantity;
        row.predicted = static_cast<double>(both.predicted.count());
        row.simulated = static_cast<double>(both.simulated.count());
        all.push_back(std::move(row));
        return all.back();
    }

    std::vector<BatchRow> all;

private:
    Estimator estimator_;
};

ToleratedQuantity quantity_named(const std::string& name)
{
    constexpr std::array<ToleratedQuantity, 5> kAll{ToleratedQuantity::accesses, ToleratedQuantity::latency,
                                                    ToleratedQuantity::layers, ToleratedQuantity::copies,
                                                    ToleratedQuantity::energy};
    const auto found = std::find_if(kAll.begin(), kAll.end(), [&](ToleratedQuantity q) { return name_of(q) == name; });
    if (found == kAll.end()) throw InputError{"quantity", "'" + name + "' is none"};
    return *found;
}

bool applies(const io::ToleranceRule& rule, const BatchRow& row)
{
    return rule.quantity == row.quantity && (!rule.estimator || *rule.estimator == row.estimator) &&
           (rule.memory.empty() || rule.memory == row.memory) && (rule.operand.empty() || rule.operand == row.operand);
}

}  // namespace

std::string_view name_of(Part part)
{
    constexpr std::array<std::string_view, 3> kNames{"neither", "fitted", "held out"};
    return kNames[static_cast<std::size_t>(part)];
}

std::string label(const BatchRow& row)
{
    switch (row.quantity) {
        case ToleratedQuantity::accesses: return row.memory + ' ' + row.operand + ' ' + row.direction;
        case ToleratedQuantity::layers: return "layer " + row.step;
        case ToleratedQuantity::copies: return copy_label(row.step);
        case ToleratedQuantity::latency:
        case ToleratedQuantity::energy: break;
    }
    return std::string{name_of(row.quantity)};
}

std::string predictor_of(const BatchRow& row, const ValidatedSchedule& schedule)
{
    const bool calibrated = schedule.calibrated && &row == &*schedule.calibrated;
    return std::string{name_of(row.estimator)} + (calibrated ? ", calibrated" : "");
}

std::vector<BatchRow> rows_of(const Accelerator& accelerator, Estimator estimator, const Comparison& comparison)
{
    Rows rows{estimator};
    for (const AccessRow& each : comparison.accesses) {
        BatchRow& row = rows.add(ToleratedQuantity::accesses, each.accesses);
        row.memory = accelerator.memory(each.memory).name;
        row.operand = letter(each.operand);
        row.direction = name_of(each.direction);
    }
    for (const StepRow& each : comparison.layers) rows.add(ToleratedQuantity::layers, each.cycles()).step = each.name;
    for (const StepRow& each : comparison.copies) rows.add(ToleratedQuantity::copies, each.cycles()).step = each.name;
    if (comparison.latency) rows.add(ToleratedQuantity::latency, *comparison.latency);
    if (comparison.energy) rows.add(ToleratedQuantity::energy, *comparison.energy);
    return std::move(rows.all);
}

std::string to_json_line(const std::vector<BatchRow>& rows)
{
    Json list = Json::array();
    for (const BatchRow& row : rows)
        list.push_back({name_of(row.estimator), name_of(row.quantity), row.step, row.memory, row.operand, row.direction,
                        row.predicted, row.simulated});
    return list.dump();
}

std::vector<BatchRow> rows_from_json_line(const std::string& line)
{
    try {
        std::vector<BatchRow> rows;
        for (const Json& each : Json::parse(line)) {
            const auto estimator = estimator_named(each.at(0).get<std::string>());
            if (!estimator) throw InputError{"estimator", each.at(0).dump() + " is none"};
            const auto text = [&](std::size_t i) { return each.at(i).get<std::string>(); };
            rows.push_back({*estimator, quantity_named(text(1)), text(2), text(3), text(4), text(5),
                            each.at(6).get<double>(), each.at(7).get<double>()});
        }
        return rows;
    } catch (const Json::exception&) {
        throw InputError{"rows", "'" + line + "' cannot be understood, expected a list of rows"};
    }
}

std::vector<io::ToleranceRule> rules_of(const Tolerances& tolerances, Estimator estimator)
{
    return {{ToleratedQuantity::accesses, tolerances.accesses, estimator},
            {ToleratedQuantity::latency, tolerances.latency, estimator},
            {ToleratedQuantity::layers, tolerances.latency, estimator},
            {ToleratedQuantity::copies, tolerances.latency, estimator}};
}

std::optional<double> allowed(const BatchRow& row, const std::vector<io::ToleranceRule>& rules)
{
    const auto last =
        std::find_if(rules.rbegin(), rules.rend(), [&](const io::ToleranceRule& rule) { return applies(rule, row); });
    return last == rules.rend() ? std::nullopt : std::optional<double>{last->at_most};
}

std::vector<const BatchRow*> outside(const ValidatedSchedule& schedule, const std::vector<io::ToleranceRule>& rules)
{
    std::vector<const BatchRow*> found;
    const auto judge = [&](const BatchRow& row) {
        const double most = allowed(row, rules).value_or(std::numeric_limits<double>::infinity());
        if (!(std::abs(row.deviation()) <= most)) found.push_back(&row);
    };
    for (const BatchRow& row : schedule.rows) judge(row);
    if (schedule.calibrated) judge(*schedule.calibrated);
    return found;
}

}  // namespace plumbline::validate
