// SPDX-License-Identifier: Apache-2.0
#include "yaml/document_kind.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace plumbline::io {
namespace {

constexpr std::array<std::string_view, 2> kAcceleratorKeys{"operational_array", "memories"};
constexpr std::array<std::string_view, 5> kLayerKeys{"equation", "loop_dims", "loop_sizes", "operator_type",
                                                     "operand_precision"};
constexpr std::array<std::string_view, 4> kRuleKeys{"spatial_mapping", "spatial_mapping_hint", "memory_operand_links",
                                                    "temporal_ordering"};

template <class Keys>
bool has_one_of(const YamlField& field, const Keys& keys)
{
    return field.is_map() &&
           std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return field.find(key).has_value(); });
}

}  // namespace

DescriptionKind kind_of_document(const YamlField& root)
{
    if (has_one_of(root, kAcceleratorKeys)) return DescriptionKind::accelerator;
    const auto items = root.is_list() ? root.items() : std::vector<YamlField>{};
    const auto has_layer_key = [](const YamlField& item) { return has_one_of(item, kLayerKeys); };
    const auto has_rule_key = [](const YamlField& item) { return has_one_of(item, kRuleKeys); };
    if (std::any_of(items.begin(), items.end(), has_layer_key)) return DescriptionKind::workload;
    if (std::any_of(items.begin(), items.end(), has_rule_key)) return DescriptionKind::mapping;
    root.fail(
        "is no description, expected hardware (operational_array, memories), a list of layers (equation, …) or a list "
        "of mapping rules (spatial_mapping, …)");
}

}  // namespace plumbline::io
