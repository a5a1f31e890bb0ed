// SPDX-License-Identifier: Apache-2.0
#include "description/mapping_links.hpp"

#include <algorithm>

#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

[[noreturn]] void refuse(const MappingRule& rule, const Layer& layer, const std::string& operand,
                         const std::string& problem)
{
    SourceLocation where = rule.where;
    where.field += (where.field.empty() ? "memory_operand_links." : ".memory_operand_links.") + operand;
    throw InputError{std::move(where), problem + " (layer '" + layer.name + "')"};
}

}  // namespace

MemoryOperand checked_link(const MappingRule& rule, const Layer& layer, std::size_t operand)
{
    const bool makes = operand == 0;
    const Operand& linked = makes ? layer.output : layer.inputs[operand - 1];
    const bool is_linked = std::any_of(rule.links.begin(), rule.links.end(),
                                       [&](const OperandLink& each) { return each.operand == linked.name; });
    if (!is_linked) refuse(rule, layer, linked.name, "missing in mapping rule '" + rule.name + '\'');
    const MemoryOperand link = rule.link_of(linked);
    if ((link == MemoryOperand::o) == makes) return link;
    refuse(rule, layer, linked.name,
           "is " + std::string{name_of(link)} + " in mapping rule '" + rule.name + "', expected " +
               (makes ? "O for what a layer makes" : "I1 or I2 for what a layer reads"));
}

void check_links(const MappingRule& rule, const Layer& layer)
{
    for (std::size_t operand = 0; operand <= layer.inputs.size(); ++operand) checked_link(rule, layer, operand);
}

}  // namespace plumbline::detail
