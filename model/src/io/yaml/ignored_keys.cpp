// SPDX-License-Identifier: Apache-2.0
#include "yaml/ignored_keys.hpp"

#include <array>
#include <string>
#include <string_view>

namespace plumbline::io {
namespace {

struct IgnoredKey {
    std::string_view key;
    std::string_view meaning;
    bool if_true = false;  ///< false says what is so anyway
};

constexpr std::array<IgnoredKey, 2> kArrayKeys{
    {{"input_precision", "precisions are those of the layers (operand_precision)"},
     {"unit_area", "no area is computed"}}};

constexpr std::array<IgnoredKey, 4> kMemoryKeys{
    {{"area", "no area is computed"},
     {"mem_type", "a memory is what its size, costs and ports say"},
     {"auto_cost_extraction", "CACTI is not asked, r_cost and w_cost count", true},
     {"force_double_buffering", "buffering follows from the mapping, as in ZigZag", true}}};

struct Place {
    YamlField first;
    std::size_t count = 1;
};

/// Where `key` stands in `maps`, if it says anything.
std::optional<Place> find_in(const std::vector<YamlField>& maps, const IgnoredKey& key)
{
    std::optional<Place> place;
    for (const YamlField& map : maps) {
        const auto field = map.find(key.key);
        if (!field || (key.if_true && !field->boolean())) continue;
        if (place)
            ++place->count;
        else
            place.emplace(Place{*field});
    }
    return place;
}

template <class Keys>
void add(const std::vector<YamlField>& maps, const Keys& keys, std::vector<Finding>& found)
{
    for (const IgnoredKey& key : keys) {
        const auto place = find_in(maps, key);
        if (!place) continue;
        std::string text = "'" + std::string{key.key} + "' has no effect";
        if (place->count > 1) text += " (" + std::to_string(place->count) + " times)";
        found.push_back({Severity::remark, DescriptionKind::accelerator, place->first.where(),
                         text + ": " + std::string{key.meaning}});
    }
}

}  // namespace

std::vector<Finding> ignored_keys(const YamlField& accelerator)
{
    std::vector<Finding> found;
    add({accelerator.at("operational_array")}, kArrayKeys, found);
    std::vector<YamlField> memories;
    for (const auto& [name, memory] : accelerator.at("memories").entries()) memories.push_back(memory);
    add(memories, kMemoryKeys, found);
    return found;
}

std::vector<Finding> ignored_hints(const YamlField& rules, const Accelerator& accelerator)
{
    std::vector<Finding> found;
    for (const YamlField& rule : rules.items()) {
        const auto hints = rule.find("spatial_mapping_hint");
        if (!hints) continue;
        for (const auto& [name, hint] : hints->entries()) {
            if (accelerator.array().dimension_named(name)) continue;
            found.push_back(
                {Severity::remark, DescriptionKind::mapping, hint.where(),
                 "the hint for " + name + " has no effect: " + accelerator.name() + " has no such array dimension"});
        }
    }
    return found;
}

}  // namespace plumbline::io
