// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/held_out.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <utility>

#include "plumbline/error.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline::validate {
namespace {

/// std::shuffle gives each standard library an order of its own.
void shuffle(std::vector<std::string>& names, std::mt19937_64& random)
{
    for (std::size_t left = names.size(); left > 1; --left) std::swap(names[left - 1], names[random() % left]);
}

/// All schedules, stratum by stratum, in random order within each.
std::vector<std::string> drawn(const std::vector<Observation>& observations, std::uint64_t seed)
{
    check(observations);
    std::map<std::string, std::set<std::string>> strata;
    for (const Observation& row : observations) strata[row.stratum].insert(row.schedule);
    std::mt19937_64 random{seed};
    std::vector<std::string> order;
    for (const auto& [stratum, schedules] : strata) {
        std::vector<std::string> names{schedules.begin(), schedules.end()};
        shuffle(names, random);
        order.insert(order.end(), names.begin(), names.end());
    }
    return order;
}

}  // namespace

Split split_by(const std::vector<Observation>& observations,
               const std::function<bool(const std::string& schedule)>& fitted)
{
    check(observations);
    std::vector<Observation> fit;
    std::vector<Observation> held_out;
    for (const Observation& row : observations) (fitted(row.schedule) ? fit : held_out).push_back(row);
    if (fit.empty() || held_out.empty()) {
        throw InputError{"observations", "leave nothing to " + std::string{fit.empty() ? "fit to" : "hold out"} +
                                             ", expected schedules for both"};
    }
    return {std::move(fit), HeldOutSet{std::move(held_out)}};
}

Split split_off(const std::vector<Observation>& observations, double share, std::uint64_t seed)
{
    if (!(share > 0 && share < 1)) {
        TextStream text;
        text << "is " << share << ", expected a share between 0 and 1";
        throw InputError{"share", text.str()};
    }
    const std::vector<std::string> order = drawn(observations, seed);
    std::set<std::string> fitted;
    // One schedule each time the share of those seen passes another half: every stratum gets its own within one schedule.
    const auto due = [&](std::size_t seen) { return std::floor(share * static_cast<double>(seen) + 0.5); };
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (due(i + 1) > due(i)) fitted.insert(order[i]);
    }
    return split_by(observations, [&](const std::string& schedule) { return fitted.count(schedule) > 0; });
}

std::vector<Split> folds(const std::vector<Observation>& observations, std::size_t count, std::uint64_t seed)
{
    const std::vector<std::string> order = drawn(observations, seed);
    if (count < 2 || count > order.size()) {
        throw InputError{"folds", "are " + std::to_string(count) + ", expected 2 to the number of schedules, " +
                                      std::to_string(order.size())};
    }
    std::map<std::string, std::size_t> fold;
    for (std::size_t i = 0; i < order.size(); ++i) fold[order[i]] = i % count;
    std::vector<Split> splits;
    for (std::size_t each = 0; each < count; ++each) {
        splits.push_back(split_by(observations, [&](const std::string& name) { return fold.at(name) != each; }));
    }
    return splits;
}

HeldOutPredictions::HeldOutPredictions(const HeldOutSet& set, std::vector<double> predicted,
                                       const std::vector<std::string>& fitted_to)
    : rows_{set.rows()},
      predicted_{std::move(predicted)}
{
    if (predicted_.size() != rows_.size()) {
        throw InputError{"predictions", "are " + std::to_string(predicted_.size()) + ", expected one for each of " +
                                            std::to_string(rows_.size()) + " held-out rows"};
    }
    const std::set<std::string> known{fitted_to.begin(), fitted_to.end()};
    for (const Observation& row : rows_) {
        if (known.count(row.schedule) == 0) continue;
        throw InputError{"fitted_to", "has '" + row.schedule +
                                          "', which is held out: an error on what was fitted to is no accuracy"};
    }
}

void HeldOutPredictions::append(const HeldOutPredictions& other)
{
    std::set<std::pair<std::string, std::string>> known;
    for (const Observation& row : rows_) known.insert({row.schedule, row.quantity});
    for (const Observation& row : other.rows_) {
        if (known.insert({row.schedule, row.quantity}).second) continue;
        throw InputError{"observations", "'" + row.quantity + "' of '" + row.schedule + "' was held out twice"};
    }
    rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
    predicted_.insert(predicted_.end(), other.predicted_.begin(), other.predicted_.end());
}

HeldOutPredictions HeldOutPredictions::where(const std::function<bool(const Observation&)>& wanted) const
{
    HeldOutPredictions chosen;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (!wanted(rows_[i])) continue;
        chosen.rows_.push_back(rows_[i]);
        chosen.predicted_.push_back(predicted_[i]);
    }
    return chosen;
}

}  // namespace plumbline::validate
