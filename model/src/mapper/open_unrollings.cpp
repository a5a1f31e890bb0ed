// SPDX-License-Identifier: Apache-2.0
#include "mapper/open_unrollings.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace plumbline::detail {
namespace {

constexpr std::size_t kMostChoices = 16;

bool is_open(const Unrolling& unrolling) { return unrolling.size == std::numeric_limits<std::int64_t>::max(); }

/// Places of the open unrollings over an array dimension.
std::vector<std::size_t> open_places(const MappingRule& rule, const std::string& array_dimension)
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < rule.unrollings.size(); ++i)
        if (rule.unrollings[i].array_dimension == array_dimension && is_open(rule.unrollings[i])) places.push_back(i);
    return places;
}

/// The rule with the open unrolling number `first` before the others of its array dimension.
MappingRule with_first(MappingRule rule, const std::vector<std::size_t>& places, std::size_t first)
{
    std::vector<Unrolling> order;
    order.reserve(places.size());
    for (std::size_t place : places) order.push_back(rule.unrollings[place]);
    std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(first),
                order.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    for (std::size_t i = 0; i < places.size(); ++i) rule.unrollings[places[i]] = order[i];
    return rule;
}

}  // namespace

std::vector<MappingRule> unrolling_choices(const MappingRule& rule)
{
    std::vector<MappingRule> choices{rule};
    std::vector<std::string> done;
    for (const Unrolling& unrolling : rule.unrollings) {
        if (std::find(done.begin(), done.end(), unrolling.array_dimension) != done.end()) continue;
        done.push_back(unrolling.array_dimension);
        const std::vector<std::size_t> places = open_places(rule, unrolling.array_dimension);
        const std::size_t before = choices.size();
        for (std::size_t first = 1; first < places.size(); ++first)
            for (std::size_t i = 0; i < before && choices.size() < kMostChoices; ++i)
                choices.push_back(with_first(choices[i], places, first));
    }
    return choices;
}

}  // namespace plumbline::detail
