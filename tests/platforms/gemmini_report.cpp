// SPDX-License-Identifier: Apache-2.0
#include "gemmini_report.hpp"

#include <filesystem>
#include <sstream>

#include <nlohmann/json.hpp>

#include <plumbline/error.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/validate/table.hpp>

#include "gemmini_causes.hpp"

namespace plumbline::gemmini {
namespace {

using nlohmann::ordered_json;
using validate::Align;
using validate::Table;

constexpr std::size_t kFolds = 5;
constexpr double kFarOff = 0.25;
constexpr const char* kBuffers = "buffers.csv";
constexpr const char* kMappings = "mappings.csv";

/// Rows of two kinds of measurement, told apart by whether they have the hardware's own tiling.
bool has_own_tiling(const std::vector<Row>& rows) { return rows.front().own_tile.has_value(); }

std::string tau_of(const validate::Accuracy& accuracy)
{
    return accuracy.kendall_tau ? validate::grouped(*accuracy.kendall_tau, 3) : "n/a";
}

std::string choices_of(const Choices& choices)
{
    if (choices.pairs == 0) return "n/a";
    return std::to_string(choices.right) + " of " + std::to_string(choices.pairs);
}

void add(Table& table, const std::string& file, const std::string& series, const std::string& by,
         const Summary& summary)
{
    const validate::Accuracy& accuracy = summary.accuracy;
    table.add({file, series, by, std::to_string(accuracy.rows), validate::percent(accuracy.mape),
               validate::percent(accuracy.bias), validate::percent(accuracy.worst), tau_of(accuracy),
               choices_of(summary.choices)});
}

void add(Table& table, const JudgedFile& file)
{
    for (Series series : {Series::mapping, Series::own_tiling}) {
        if (!file.judgement.has(series)) continue;
        add(table, file.file, name_of(series), std::string{name_of(file.estimator)}, file.judgement.summary(series));
    }
}

bool has_theirs(const JudgedFile& file) { return file.samples.front().row->their_cycles.has_value(); }

Table accuracy_table(const std::deque<JudgedFile>& files, const char* title)
{
    Table table{{title, Align::left},
                {"cycles under", Align::left},
                {"predicted by", Align::left},
                {"rows"},
                {"MAPE"},
                {"bias"},
                {"worst"},
                {"Kendall tau"},
                {"right choices"}};
    for (const JudgedFile& file : files) {
        add(table, file);
        if (file.estimator != Estimator::refined) continue;
        const char* mapping = name_of(Series::mapping);
        if (has_theirs(file)) add(table, file.file, mapping, "the authors", their_summary(file.judgement.judged));
        const std::optional<Summary> equal = equal_runs_summary(file.judgement.judged);
        if (equal) add(table, file.file, mapping, "equal runs", *equal);
    }
    return table;
}

Table value_table(const std::deque<JudgedFile>& files)
{
    Table table{
        {"fitted to", Align::left}, {"estimator", Align::left}, {"parameter", Align::left}, {"value"}, {"from"}, {"to"},
        {"known", Align::left}};
    const auto decimals = [](double value) { return validate::grouped(value, 2); };
    for (const JudgedFile& file : files) {
        if (file.estimator != Estimator::refined) continue;
        for (const validate::Estimate& each : file.judgement.fit.estimates) {
            table.add({file.file, std::string{name_of(file.estimator)}, each.name, decimals(each.value),
                       decimals(each.interval.least), decimals(each.interval.most),
                       std::string{name_of(each.knowledge)}});
        }
    }
    return table;
}

Table far_off_table(const std::deque<JudgedFile>& files)
{
    Table table{{"beyond 25 %", Align::left},  {"line"}, {"shape", Align::left},
                {"cycles under", Align::left}, {"RTL"},  {"deviation"},
                {"cause", Align::left}};
    for (const JudgedFile& file : files) {
        if (file.estimator != Estimator::refined || file.file == kMappings) continue;
        for (const JudgedSample& each : file.judgement.judged) {
            if (std::abs(each.deviation()) <= kFarOff) continue;
            table.add({file.file, std::to_string(each.sample->row->line), each.sample->observation.schedule,
                       name_of(each.sample->series), validate::grouped(each.sample->observation.observed, 0),
                       validate::percent(each.deviation()), cause_of(each, file.judgement)});
        }
    }
    return table;
}

Table cause_table(const std::deque<JudgedFile>& files)
{
    Table table{{"beyond 25 %", Align::left}, {"cycles under", Align::left}, {"cause", Align::left}, {"rows"}};
    for (const JudgedFile& file : files) {
        if (file.estimator != Estimator::refined) continue;
        std::map<std::pair<Series, std::string>, std::size_t> counts;
        for (const JudgedSample& each : file.judgement.judged) {
            if (std::abs(each.deviation()) <= kFarOff) continue;
            ++counts[{each.sample->series, cause_of(each, file.judgement)}];
        }
        for (const auto& [key, count] : counts) {
            table.add({file.file, name_of(key.first), key.second, std::to_string(count)});
        }
    }
    return table;
}

ordered_json json_of(const Summary& summary)
{
    const validate::Accuracy& accuracy = summary.accuracy;
    ordered_json json{
        {"rows", accuracy.rows}, {"mape", accuracy.mape}, {"bias", accuracy.bias}, {"worst", accuracy.worst}};
    json["kendall_tau"] = accuracy.kendall_tau ? ordered_json(*accuracy.kendall_tau) : ordered_json();
    if (summary.choices.pairs > 0) {
        json["choices"] = {{"pairs", summary.choices.pairs}, {"right", summary.choices.right}};
    }
    return json;
}

/// Of the cycles under the mapping; those under the own tiling, and the authors' estimate, within.
ordered_json json_of(const JudgedFile& file)
{
    ordered_json json = json_of(file.judgement.summary(Series::mapping));
    if (file.judgement.has(Series::own_tiling))
        json["own_tiling"] = json_of(file.judgement.summary(Series::own_tiling));
    if (has_theirs(file)) json["authors"] = json_of(their_summary(file.judgement.judged));
    const std::optional<Summary> equal = equal_runs_summary(file.judgement.judged);
    if (equal) json["equal_runs"] = json_of(*equal);
    for (const validate::Estimate& each : file.judgement.fit.estimates) {
        json["parameters"][each.name] = {{"value", each.value},
                                         {"from", each.interval.least},
                                         {"to", each.interval.most},
                                         {"known", name_of(each.knowledge)}};
    }
    return json;
}

std::string stem_of(const std::string& file) { return std::filesystem::path{file}.stem().string(); }

}  // namespace

Report report_on(const std::string& folder, const std::optional<std::string>& judge)
{
    const Accelerator accelerator = io::read_accelerator(PLUMBLINE_GEMMINI_ACCELERATOR);
    Report report;
    if (judge) report.unseen = read_rows(*judge);
    for (const char* file : {kBuffers, kMappings}) {
        const std::string path = folder + '/' + file;
        // Whoever has the one kind of rows need not have the other.
        if (file == kBuffers || std::filesystem::exists(path)) report.rows.push_back({file, read_rows(path)});
    }
    for (Estimator estimator : {Estimator::refined, Estimator::uniform}) {
        for (const NamedRows& each : report.rows) {
            report.folds.push_back(
                {each.file, estimator, samples_of(each.rows, each.file, accelerator, estimator), {}});
            JudgedFile& fitted = report.folds.back();
            fitted.judgement = judge_by_folds(fitted.samples, kFolds);
            if (!judge || has_own_tiling(each.rows) != has_own_tiling(report.unseen)) continue;
            report.judged.push_back(
                {*judge, estimator, samples_of(report.unseen, "judged", accelerator, estimator), {}});
            report.judged.back().judgement = judge_unseen(fitted.samples, report.judged.back().samples);
        }
    }
    if (judge && report.judged.empty()) throw InputError{*judge, "has rows of a kind that the folder lacks"};
    return report;
}

std::string text_of(const Report& report)
{
    std::ostringstream text;
    text << accuracy_table(report.folds, "five folds by shape") << '\n';
    if (!report.judged.empty()) text << accuracy_table(report.judged, "judged") << '\n';
    text << value_table(report.folds) << '\n' << cause_table(report.folds) << '\n' << far_off_table(report.folds);
    return text.str();
}

std::string json_of(const Report& report)
{
    ordered_json json{{"schema", "plumbline-gemmini-1"}};
    for (const JudgedFile& file : report.judged) {
        if (file.estimator == Estimator::refined) json["judged"].update(json_of(file));
        if (file.estimator == Estimator::uniform) json["judged"]["uniform"] = json_of(file);
    }
    for (const JudgedFile& file : report.folds) {
        ordered_json& fold = json["folds"][stem_of(file.file)];
        if (file.estimator == Estimator::refined) fold.update(json_of(file));
        if (file.estimator == Estimator::uniform) fold["uniform"] = json_of(file);
    }
    return json.dump(2) + '\n';
}

}  // namespace plumbline::gemmini
