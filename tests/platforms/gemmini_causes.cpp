// SPDX-License-Identifier: Apache-2.0
#include "gemmini_causes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace plumbline::gemmini {
namespace {

/// Observations of the same mapping of the same shape: least and most.
std::pair<double, double> spread_of(const JudgedSample& judged, const Judgement& judgement)
{
    const double own = judged.sample->observation.observed;
    std::pair<double, double> spread{own, own};
    for (const JudgedSample& each : judgement.judged) {
        if (each.sample->series != judged.sample->series) continue;
        if (each.sample->observation.schedule != judged.sample->observation.schedule) continue;
        if (each.predicted != judged.predicted) continue;
        spread.first = std::min(spread.first, each.sample->observation.observed);
        spread.second = std::max(spread.second, each.sample->observation.observed);
    }
    return spread;
}

/// All unknowns at their fitted values but some at 0: what is missing then is their share.
double cycles_without(const JudgedSample& judged, std::vector<double> values, std::initializer_list<Unknown> unknowns)
{
    for (Unknown each : unknowns) values[static_cast<std::size_t>(each)] = 0;
    return cycles_of(judged.sample->run, values);
}

std::vector<double> values_of(const validate::Fit& fit)
{
    std::vector<double> values = initial_values();
    for (std::size_t i = 0; i < kUnknowns; ++i) {
        for (const validate::Estimate& each : fit.estimates) {
            if (each.name == unknowns()[i].name) values[i] = each.value;
        }
    }
    return values;
}

}  // namespace

std::string cause_of(const JudgedSample& judged, const Judgement& judgement)
{
    constexpr double kRepeated = 1.1;
    const auto [least, most] = spread_of(judged, judgement);
    if (most > kRepeated * least) return "RTL differs between equal runs";
    const std::vector<double> values = values_of(judgement.fit);
    using Part = std::pair<const char*, double>;
    const std::array<Part, 6> parts{
        {{"misses of caches", cycles_without(judged, values, {Unknown::cache_miss, Unknown::memory_miss})},
         {"words of the DMA", cycles_without(judged, values, {Unknown::word, Unknown::astride})},
         {"outputs that leave", cycles_without(judged, values, {Unknown::output, Unknown::output_miss})},
         {"sums that leave unfinished", cycles_without(judged, values, {Unknown::partial_sums})},
         {"software", cycles_without(judged, values,
                                     {Unknown::tile, Unknown::product_tile, Unknown::own_tile, Unknown::shrink,
                                      Unknown::grow, Unknown::start})},
         {"commands of the array",
          cycles_without(judged, values, {Unknown::command, Unknown::skew, Unknown::partial_command})}}};
    const auto largest =
        std::min_element(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.second < b.second; });
    return largest->first;
}

}  // namespace plumbline::gemmini
