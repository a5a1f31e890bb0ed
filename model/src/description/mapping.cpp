// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "description/operator_types.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

constexpr std::string_view kDefaultRule = "default";
constexpr std::string_view kAddition = "Add";

const MappingRule* rule_named(const std::vector<MappingRule>& rules, std::string_view name)
{
    const auto found = std::find_if(rules.begin(), rules.end(), [name](const auto& rule) { return rule.name == name; });
    return found == rules.end() ? nullptr : &*found;
}

void check_rule(const MappingRule& rule, const std::string& field)
{
    std::set<std::pair<std::string, LoopDim>> seen;
    for (const Unrolling& unrolling : rule.unrollings) {
        const std::string here = field + ".spatial_mapping." + unrolling.array_dimension;
        if (unrolling.size < 1) {
            throw InputError{here, "is " + std::to_string(unrolling.size) + ", expected a size of at least 1"};
        }
        if (!seen.insert({unrolling.array_dimension, unrolling.dim}).second) {
            throw InputError{here, "unrolls " + std::string{name_of(unrolling.dim)} + " twice, expected it once"};
        }
    }
    std::set<std::string> operands;
    for (const OperandLink& link : rule.links) {
        if (operands.insert(link.operand).second) continue;
        throw InputError{field + ".memory_operand_links." + link.operand, "is given twice"};
    }
}

}  // namespace

MemoryOperand MappingRule::link_of(const Operand& operand) const
{
    const auto link =
        std::find_if(links.begin(), links.end(), [&](const auto& each) { return each.operand == operand.name; });
    if (link != links.end()) return link->memory_operand;
    throw InputError{"memory_operand_links." + operand.name, "missing in mapping rule '" + name + "'"};
}

bool operator==(const Unrolling& a, const Unrolling& b)
{
    return a.array_dimension == b.array_dimension && a.dim == b.dim && a.size == b.size;
}

bool operator==(const OperandLink& a, const OperandLink& b)
{
    return a.operand == b.operand && a.memory_operand == b.memory_operand;
}

bool operator==(const OrderedLoop& a, const OrderedLoop& b) { return a.dim == b.dim && a.size == b.size; }

bool operator==(const MappingRule& a, const MappingRule& b)
{
    return std::tie(a.name, a.unrollings, a.links, a.ordering) == std::tie(b.name, b.unrollings, b.links, b.ordering);
}

bool operator==(const OperandMapping& a, const OperandMapping& b)
{
    return std::tie(a.operand, a.memory_operand, a.levels, a.temporal, a.spatial, a.padding) ==
           std::tie(b.operand, b.memory_operand, b.levels, b.temporal, b.spatial, b.padding);
}

bool operator==(const LayerMapping& a, const LayerMapping& b) { return a.sizes == b.sizes && a.operands == b.operands; }

MappingRules::MappingRules(std::vector<MappingRule> rules) : rules_{std::move(rules)}
{
    std::set<std::string> names;
    for (std::size_t i = 0; i < rules_.size(); ++i) {
        const std::string field = "rules[" + std::to_string(i) + ']';
        check_rule(rules_[i], field);
        if (names.insert(rules_[i].name).second) continue;
        throw InputError{field + ".name", "another rule is called '" + rules_[i].name + '\''};
    }
    if (rule_named(rules_, kDefaultRule) == nullptr) {
        throw InputError{"rules", "none is called 'default', expected one for layers without a rule of their own"};
    }
}

const MappingRule& MappingRules::rule_for(const Layer& layer) const
{
    if (!detail::is_operator_type(layer.name))
        if (const MappingRule* rule = rule_named(rules_, layer.name)) return *rule;
    if (const MappingRule* rule = rule_named(rules_, layer.operator_type)) return *rule;
    const MappingRule* addition = rule_named(rules_, kAddition);
    if (addition != nullptr && detail::goes_by_values(layer.operator_type)) return *addition;
    return *rule_named(rules_, kDefaultRule);
}

}  // namespace plumbline
