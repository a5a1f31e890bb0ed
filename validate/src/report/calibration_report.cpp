// SPDX-License-Identifier: Apache-2.0
#include "report/calibration_report.hpp"

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/accuracy.hpp"
#include "plumbline/validate/calibrate.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

std::string number(double value) { return significant(value, 4); }

std::string tau(const std::optional<double>& value) { return value ? grouped(*value, 3) : "n/a"; }

void add_rows(Table& table, const std::map<std::string, Accuracy>& before, const std::map<std::string, Accuracy>& after)
{
    for (const auto& [name, now] : after) {
        const Accuracy& then = before.at(name);
        table.add({name, std::to_string(now.rows), magnitude(then.mape), magnitude(now.mape), percent(then.bias),
                   percent(now.bias), percent(then.worst), percent(now.worst), tau(then.kendall_tau),
                   tau(now.kendall_tau)});
    }
}

Json json_of(const Accuracy& accuracy)
{
    return {{"rows", accuracy.rows},
            {"mape", finite(accuracy.mape)},
            {"bias", finite(accuracy.bias)},
            {"worst", finite(accuracy.worst)},
            {"worst_schedule", accuracy.worst_schedule},
            {"kendall_tau", accuracy.kendall_tau ? Json(*accuracy.kendall_tau) : Json()}};
}

Json json_of(const LackOfFit& lack)
{
    Json found = Json::array();
    for (const MissingFeature& each : lack.found) {
        Json shifts = Json::object();
        for (std::size_t i = 0; i < each.shifts.size(); ++i) shifts[lack.parameters[i]] = finite(each.shifts[i]);
        found.push_back({{"feature", each.name},
                         {"alike", each.alike},
                         {"cycles", each.cycles},
                         {"explained", each.explained},
                         {"probability", each.probability},
                         {"shifts", std::move(shifts)}});
    }
    return {{"tested", lack.enough},
            {"features", lack.tried},
            {"unexplained", lack.unexplained},
            {"found", std::move(found)}};
}

Json json_of(const HeldOutPredictions& judged)
{
    Json json = Json::object();
    for (const auto& [quantity, accuracy] : accuracy_by(judged, Group::quantity)) json[quantity] = json_of(accuracy);
    return json;
}

}  // namespace

HeldOutPredictions totals_of(const HeldOutPredictions& judged)
{
    return judged.where([](const Observation& row) { return row.quantity == "total"; });
}

std::string how_split(const CalibrationResult& result, const HoldOut& hold_out)
{
    const std::string all = counted(result.schedules, "schedule");
    const std::string seed = " (seed " + std::to_string(hold_out.seed) + ")";
    switch (hold_out.kind) {
        case HoldOut::Kind::share:
            return all + ", fitted to " + std::to_string(result.profile.fitted_to().size()) + seed;
        case HoldOut::Kind::folds:
            return all + ", each judged by a fit to the others in " + counted(hold_out.folds, "fold") + seed +
                   ", the profile fitted to all";
        case HoldOut::Kind::nothing: break;
    }
    return all + ", fitted to all";
}

Json fit_json(const ParameterFit& fitted)
{
    Json parameters = Json::array();
    for (std::size_t i = 0; i < fitted.parameters.size(); ++i) {
        const Estimate& estimate = fitted.fit.estimates[i];
        parameters.push_back({{"name", estimate.name},
                              {"unit", facts_of(fitted.parameters[i].parameter).unit},
                              {"value", estimate.value},
                              {"interval", {estimate.interval.least, estimate.interval.most}},
                              {"knowledge", name_of(estimate.knowledge)},
                              {"at_bound", estimate.at_bound}});
    }
    Json indistinct = Json::array();
    for (const Indistinct& each : fitted.fit.indistinct) indistinct.push_back(in_words(each, fitted.fit));
    return {{"parameters", parameters},
            {"indistinct", indistinct},
            {"singular_values", fitted.fit.singular_values},
            {"noise", fitted.fit.noise},
            {"evaluations", fitted.fit.evaluations},
            {"converged", fitted.fit.converged}};
}

Table parameter_table(const ParameterFit& fitted)
{
    Table table{{"parameter", Align::left}, {"value"}, {"from"}, {"to"}, {"", Align::left}, {"known", Align::left}};
    for (std::size_t i = 0; i < fitted.parameters.size(); ++i) {
        const Estimate& estimate = fitted.fit.estimates[i];
        table.add({estimate.name, number(estimate.value), number(estimate.interval.least),
                   number(estimate.interval.most), std::string{facts_of(fitted.parameters[i].parameter).unit},
                   std::string{name_of(estimate.knowledge)} + (estimate.at_bound ? ", at its bound" : "")});
    }
    return table;
}

Table missing_table(const LackOfFit& lack)
{
    Table table{
        {"not in the profile", Align::left}, {"cycles each"}, {"explains"}, {"by chance"}, {"goes with", Align::left}};
    for (const MissingFeature& each : lack.found)
        table.add({each.name, number(each.cycles), magnitude(each.explained), number(each.probability),
                   joined(each.alike, ", ")});
    return table;
}

std::vector<std::string> in_doubt(const LackOfFit& lack, const ParameterFit& fitted)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < lack.parameters.size(); ++i) {
        double shift = 0;
        for (const MissingFeature& each : lack.found) shift += each.shifts[i];
        for (const Estimate& estimate : fitted.fit.estimates) {
            const Interval& interval = estimate.interval;
            if (estimate.name == lack.parameters[i] && !interval.contains(estimate.value + shift))
                names.push_back(estimate.name + " (" + (shift < 0 ? "" : "+") + number(shift) + ')');
        }
    }
    return names;
}

Table accuracy_table(const Judged& judged)
{
    Table table{{"held out", Align::left}, {"rows"},  {"MAPE before"}, {"after"}, {"bias before"}, {"after"},
                {"worst before"},          {"after"}, {"tau before"},  {"after"}};
    add_rows(table, accuracy_by(judged.before, Group::quantity), accuracy_by(judged.after, Group::quantity));
    table.add_rule();
    const auto strata = accuracy_by(totals_of(judged.after), Group::stratum);
    if (strata.size() > 1) add_rows(table, accuracy_by(totals_of(judged.before), Group::stratum), strata);
    return table;
}

namespace {

void write_fit(std::ostream& out, const ParameterFit& fitted, double confidence)
{
    const Fit& fit = fitted.fit;
    out << '\n'
        << parameter_table(fitted) << "intervals of " << number(100 * confidence) << " %, noise "
        << magnitude(fit.noise) << ", " << fit.evaluations << " evaluations" << (fit.converged ? "" : ", NOT CONVERGED")
        << "\nsingular values:";
    for (double value : fit.singular_values) out << ' ' << number(value);
    out << '\n';
    for (const Indistinct& each : fit.indistinct) out << "cannot be told: " << in_words(each, fit) << '\n';
}

void write_lack_of_fit(std::ostream& out, const CalibrationResult& result)
{
    const LackOfFit& lack = result.lack_of_fit;
    if (lack.parameters.empty()) return;
    const std::string left = magnitude(lack.unexplained) + " of the time";
    if (!lack.enough)
        out << "lack of fit: not tested, as there are too few schedules for "
            << counted(lack.parameters.size(), "parameter") << '\n';
    else if (lack.found.empty())
        out << "lack of fit: none that " << counted(lack.tried, "feature") << " would explain; " << left
            << " unexplained\n";
    if (lack.found.empty()) return;
    out << "\nLACK OF FIT: " << left << " unexplained, which follows what no parameter stands for\n"
        << missing_table(lack);
    const std::vector<std::string> doubtful = in_doubt(lack, result.fits.front());
    if (!doubtful.empty()) out << "in doubt: " << joined(doubtful, ", ") << '\n';
}

}  // namespace

std::string calibration_text(const CalibrationResult& result, const CalibrateOptions& options)
{
    TextStream out;
    out << result.profile.accelerator() << ": " << how_split(result, options.hold_out) << '\n';
    for (const ParameterFit& fitted : result.fits) write_fit(out, fitted, options.fit.confidence);
    write_lack_of_fit(out, result);
    out << '\n';
    if (result.judged)
        out << accuracy_table(*result.judged);
    else
        out << kNoAccuracy << '\n';
    return out.str();
}

std::string calibration_json(const CalibrationResult& result, const CalibrateOptions& options)
{
    Json json{{"schema", "plumbline/calibrate/1"},
              {"accelerator", result.profile.accelerator()},
              {"schedules", result.schedules},
              {"seed", options.hold_out.seed},
              {"confidence", options.fit.confidence},
              {"fitted_to", result.profile.fitted_to()},
              {"fits", Json::array()}};
    for (const ParameterFit& fitted : result.fits) json["fits"].push_back(fit_json(fitted));
    json["lack_of_fit"] = json_of(result.lack_of_fit);
    json["held_out"] = Json();
    if (result.judged)
        json["held_out"] = {{"before", json_of(result.judged->before)}, {"after", json_of(result.judged->after)}};
    return printed(json);
}

}  // namespace plumbline::validate
