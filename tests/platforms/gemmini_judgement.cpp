// SPDX-License-Identifier: Apache-2.0
#include "gemmini_judgement.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <plumbline/error.hpp>

namespace plumbline::gemmini {
namespace {

constexpr std::uint64_t kSeed = 1;

std::string quantity_of(const std::string& set, Series series, int line)
{
    return set + ", " + name_of(series) + ", line " + std::to_string(line);
}

Sample sample_of(const Row& row, Series series, const std::string& set, const Accelerator& accelerator,
                 Estimator estimator)
{
    const bool own = series == Series::own_tiling;
    const Cycles cycles = own ? *row.own_cycles : row.cycles;
    return {&row,
            series,
            {name_of(row.shape), quantity_of(set, series, row.line), {}, static_cast<double>(cycles.count()), 1},
            prepare(accelerator, own ? own_run(row) : mapped_run(row), estimator)};
}

bool of_own_tiling(Unknown unknown)
{
    return unknown == Unknown::own_tile || unknown == Unknown::shrink || unknown == Unknown::grow;
}

/// Those that samples can tell of.
std::vector<std::size_t> unknowns_in(const std::vector<const Sample*>& samples)
{
    const bool own = std::any_of(samples.begin(), samples.end(),
                                 [](const Sample* each) { return each->series == Series::own_tiling; });
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < kUnknowns; ++i) {
        if (own || !of_own_tiling(static_cast<Unknown>(i))) all.push_back(i);
    }
    return all;
}

std::vector<const Sample*> in_order(const std::map<std::string, const Sample*>& index,
                                    const std::vector<validate::Observation>& rows)
{
    std::vector<const Sample*> all;
    all.reserve(rows.size());
    for (const validate::Observation& row : rows) all.push_back(index.at(row.quantity));
    return all;
}

struct FittedValues {
    validate::Fit fit;
    std::vector<double> values;  ///< of all unknowns
};

FittedValues fit_to(const std::vector<const Sample*>& samples)
{
    const std::vector<std::size_t> fitted = unknowns_in(samples);
    std::vector<validate::FitParameter> parameters;
    std::vector<validate::Observation> observations;
    for (std::size_t i : fitted) {
        const UnknownFacts& facts = unknowns()[i];
        parameters.push_back({facts.name, facts.initial, facts.least, facts.most, facts.step});
    }
    observations.reserve(samples.size());
    for (const Sample* each : samples) observations.push_back(each->observation);
    const auto all_values = [&](const std::vector<double>& some) {
        std::vector<double> values = initial_values();
        for (std::size_t i = 0; i < fitted.size(); ++i) values[fitted[i]] = some[i];
        return values;
    };
    const validate::Predictor predict = [&](const std::vector<double>& some) {
        const std::vector<double> values = all_values(some);
        std::vector<double> cycles;
        cycles.reserve(samples.size());
        for (const Sample* each : samples) cycles.push_back(cycles_of(each->run, values));
        return cycles;
    };
    FittedValues result{validate::fit_parameters(parameters, observations, predict, {}), {}};
    result.values = all_values(result.fit.values());
    return result;
}

std::vector<JudgedSample> predicted(const std::vector<const Sample*>& samples, const std::vector<double>& values)
{
    std::vector<JudgedSample> all;
    all.reserve(samples.size());
    for (const Sample* each : samples) all.push_back({each, cycles_of(each->run, values)});
    return all;
}

std::map<std::string, const Sample*> index_of(const std::vector<Sample>& samples)
{
    std::map<std::string, const Sample*> index;
    for (const Sample& each : samples) index.emplace(each.observation.quantity, &each);
    return index;
}

/// Held out by `split`, predicted by what it leaves to fit to.
Judgement judged(const validate::Split& split, const std::map<std::string, const Sample*>& index)
{
    FittedValues fitted = fit_to(in_order(index, split.fit));
    std::vector<JudgedSample> samples = predicted(in_order(index, split.held_out.rows()), fitted.values);
    return {std::move(fitted.fit), std::move(samples)};
}

/// Accuracy of what was predicted of samples that nothing was fitted to.
validate::Accuracy accuracy_of(const std::vector<JudgedSample>& judged)
{
    std::vector<validate::Observation> rows;
    std::vector<double> predictions;
    for (const JudgedSample& each : judged) {
        rows.push_back(each.sample->observation);
        predictions.push_back(each.predicted);
    }
    rows.push_back({"none of them", "none", {}, 1, 1});
    const auto split = validate::split_by(rows, [](const std::string& shape) { return shape == "none of them"; });
    return validate::accuracy_of(validate::HeldOutPredictions{split.held_out, predictions, {"none of them"}});
}

bool same_mapping(const Mapping& a, const Mapping& b)
{
    const auto same_loop = [](const TileLoop& x, const TileLoop& y) { return x.dim == y.dim && x.size == y.size; };
    return a.tile == b.tile && a.lanes_k == b.lanes_k && a.lanes_c == b.lanes_c &&
           std::equal(a.loops.begin(), a.loops.end(), b.loops.begin(), b.loops.end(), same_loop);
}

bool equal_runs(const Sample& a, const Sample& b)
{
    return a.observation.schedule == b.observation.schedule && same_mapping(a.row->mapping, b.row->mapping);
}

Choices choices_of(const std::vector<JudgedSample>& judged)
{
    constexpr double kDiffer = 1.1;
    Choices choices;
    for (std::size_t i = 0; i < judged.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const validate::Observation& a = judged[i].sample->observation;
            const validate::Observation& b = judged[j].sample->observation;
            if (a.schedule != b.schedule) continue;
            if (same_mapping(judged[i].sample->row->mapping, judged[j].sample->row->mapping)) continue;
            if (std::max(a.observed, b.observed) <= kDiffer * std::min(a.observed, b.observed)) continue;
            ++choices.pairs;
            const double order = (a.observed - b.observed) * (judged[i].predicted - judged[j].predicted);
            if (order > 0) ++choices.right;
        }
    }
    return choices;
}

std::vector<JudgedSample> of_series(const std::vector<JudgedSample>& judged, Series series)
{
    std::vector<JudgedSample> some;
    for (const JudgedSample& each : judged) {
        if (each.sample->series == series) some.push_back(each);
    }
    return some;
}

}  // namespace

const char* name_of(Series series) { return series == Series::mapping ? "mapping" : "own tiling"; }

std::vector<Sample> samples_of(const std::vector<Row>& rows, const std::string& set, const Accelerator& accelerator,
                               Estimator estimator)
{
    std::vector<Sample> samples;
    for (const Row& row : rows) {
        samples.push_back(sample_of(row, Series::mapping, set, accelerator, estimator));
        if (row.own_tile) samples.push_back(sample_of(row, Series::own_tiling, set, accelerator, estimator));
    }
    return samples;
}

Summary Judgement::summary(Series series) const
{
    const std::vector<JudgedSample> some = of_series(judged, series);
    return {accuracy_of(some), series == Series::mapping ? choices_of(some) : Choices{}};
}

bool Judgement::has(Series series) const { return !of_series(judged, series).empty(); }

Judgement judge_by_folds(const std::vector<Sample>& samples, std::size_t folds)
{
    const auto index = index_of(samples);
    std::vector<validate::Observation> observations;
    std::vector<const Sample*> all;
    for (const Sample& each : samples) {
        observations.push_back(each.observation);
        all.push_back(&each);
    }
    Judgement whole{fit_to(all).fit, {}};
    for (const validate::Split& split : validate::folds(observations, folds, kSeed)) {
        const Judgement part = judged(split, index);
        whole.judged.insert(whole.judged.end(), part.judged.begin(), part.judged.end());
    }
    return whole;
}

Judgement judge_unseen(const std::vector<Sample>& samples, const std::vector<Sample>& unseen)
{
    std::set<std::string> shapes;
    for (const Sample& each : unseen) shapes.insert(each.observation.schedule);
    std::vector<validate::Observation> observations;
    for (const Sample& each : samples) {
        if (shapes.count(each.observation.schedule) == 0) observations.push_back(each.observation);
    }
    if (observations.empty()) throw InputError{"judge", "has all shapes of the folder, expected some that it lacks"};
    for (const Sample& each : unseen) observations.push_back(each.observation);
    auto index = index_of(samples);
    index.merge(index_of(unseen));
    return judged(validate::split_by(observations, [&](const std::string& shape) { return shapes.count(shape) == 0; }),
                  index);
}

Summary their_summary(const std::vector<JudgedSample>& judged)
{
    std::vector<JudgedSample> theirs;
    for (const JudgedSample& each : of_series(judged, Series::mapping)) {
        if (!each.sample->row->their_cycles) continue;
        theirs.push_back({each.sample, static_cast<double>(each.sample->row->their_cycles->count())});
    }
    return {accuracy_of(theirs), choices_of(theirs)};
}

std::optional<Summary> equal_runs_summary(const std::vector<JudgedSample>& judged)
{
    std::vector<JudgedSample> repeated;
    std::vector<JudgedSample> all;
    const std::vector<JudgedSample> mapped = of_series(judged, Series::mapping);
    for (const JudgedSample& each : mapped) {
        double logarithms = 0;
        double others = 0;
        for (const JudgedSample& other : mapped) {
            if (other.sample == each.sample || !equal_runs(*other.sample, *each.sample)) continue;
            logarithms += std::log(other.sample->observation.observed);
            ++others;
        }
        if (others > 0) repeated.push_back({each.sample, std::exp(logarithms / others)});
        all.push_back(others > 0 ? repeated.back() : JudgedSample{each.sample, each.sample->observation.observed});
    }
    if (repeated.empty()) return std::nullopt;
    return Summary{accuracy_of(repeated), choices_of(all)};
}

}  // namespace plumbline::gemmini
