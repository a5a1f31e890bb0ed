// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "description/operator_types.hpp"
#include "mapper/spatial_mapping.hpp"
#include "plumbline/check.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline {
namespace {

/// Nodes of ONNX that become no layers of their type, and what ZigZag calls others: a rule for one may wait for another network.
constexpr std::array<std::string_view, 6> kOtherTypes{"FC", "Pad", "Reshape", "Resize", "Slice", "Transpose"};

std::string field_of_rule(const MappingRules& rules, const MappingRule& rule)
{
    return "rules[" + std::to_string(&rule - rules.rules().data()) + ']';
}

bool is_open(const Unrolling& unrolling) { return unrolling.size == std::numeric_limits<std::int64_t>::max(); }

void check_widths(const MappingRules& rules, const MappingRule& rule, const MacArray& array,
                  std::vector<Finding>& found)
{
    for (const Unrolling& each : rule.unrollings) {
        const ArrayDimension& dimension = array.dimensions[*array.dimension_named(each.array_dimension)];
        if (is_open(each) || each.size <= dimension.size) continue;
        found.push_back({Severity::suspicious,
                         DescriptionKind::mapping,
                         {{}, 0, field_of_rule(rules, rule) + ".spatial_mapping." + each.array_dimension},
                         "rule '" + rule.name + "' unrolls " + std::string{name_of(each.dim)} + ' ' +
                             std::to_string(each.size) + " times over " + each.array_dimension + ", which has " +
                             std::to_string(dimension.size) + " MACs: it is cut to them"});
    }
}

void check_idle(const MappingRules& rules, const MappingRule& rule, const MacArray& array, std::vector<Finding>& found)
{
    for (const ArrayDimension& dimension : array.dimensions) {
        const auto over = [&](const Unrolling& each) { return each.array_dimension == dimension.name; };
        if (dimension.size == 1 || std::any_of(rule.unrollings.begin(), rule.unrollings.end(), over)) continue;
        found.push_back({Severity::suspicious,
                         DescriptionKind::mapping,
                         {{}, 0, field_of_rule(rules, rule) + ".spatial_mapping"},
                         "the default rule unrolls nothing over " + dimension.name + ": of its " +
                             std::to_string(dimension.size) + " MACs one works"});
    }
}

bool is_operator_type(const std::string& name)
{
    return name == "default" || detail::is_operator_type(name) ||
           std::find(kOtherTypes.begin(), kOtherTypes.end(), name) != kOtherTypes.end();
}

/// What a rule of that name could have been meant for.
std::vector<std::string_view> names_for_rules(const Workload& workload)
{
    std::vector<std::string_view> names = detail::operator_types();
    names.insert(names.end(), kOtherTypes.begin(), kOtherTypes.end());
    for (const Layer& layer : workload.layers()) names.push_back(layer.name);
    for (const Layer& layer : workload.layers()) names.push_back(layer.operator_type);
    return names;
}

Finding unused(const MappingRules& rules, const MappingRule& rule, const Workload& workload)
{
    Finding finding{Severity::remark,
                    DescriptionKind::mapping,
                    {{}, 0, field_of_rule(rules, rule)},
                    "no layer of " + workload.name() + " uses the rule '" + rule.name + '\''};
    if (is_operator_type(rule.name)) return finding;
    finding.severity = Severity::suspicious;
    finding.text += ", which is no operator type either";
    if (const auto nearest = nearest_name(rule.name, names_for_rules(workload)); !nearest.empty())
        finding.text += ": did you mean '" + std::string{nearest} + "'?";
    return finding;
}

}  // namespace

std::vector<Finding> check_rules(const MappingRules& rules, const Accelerator& accelerator)
{
    std::vector<Finding> found;
    for (const MappingRule& rule : rules.rules()) {
        detail::fit_unrollings(rule, kUnitLoopSizes, accelerator.array());  // refuses unknown array dimensions
        check_widths(rules, rule, accelerator.array(), found);
        if (rule.name == "default") check_idle(rules, rule, accelerator.array(), found);
    }
    return found;
}

std::vector<Finding> check_unused_rules(const MappingRules& rules, const Workload& workload)
{
    std::vector<Finding> found;
    for (const MappingRule& rule : rules.rules()) {
        const auto uses = [&](const Layer& layer) { return &rules.rule_for(layer) == &rule; };
        if (std::none_of(workload.layers().begin(), workload.layers().end(), uses))
            found.push_back(unused(rules, rule, workload));
    }
    return found;
}

}  // namespace plumbline
