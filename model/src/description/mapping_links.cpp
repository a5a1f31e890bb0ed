// SPDX-License-Identifier: Apache-2.0
#include "description/mapping_links.hpp"

#include <algorithm>

#include "plumbline/error.hpp"

namespace plumbline::detail {

MemoryOperand checked_link(const MappingRule& rule, const Layer& layer, std::size_t operand)
{
    const bool makes = operand == 0;
    const Operand& linked = makes ? layer.output : layer.inputs[operand - 1];
    const std::string of_layer = " (layer '" + layer.name + "')";
    const bool is_linked = std::any_of(rule.links.begin(), rule.links.end(),
                                       [&](const OperandLink& each) { return each.operand == linked.name; });
    if (!is_linked)
        throw InputError{"memory_operand_links." + linked.name,
                         "missing in mapping rule '" + rule.name + '\'' + of_layer};
    const MemoryOperand link = rule.link_of(linked);
    if ((link == MemoryOperand::o) == makes) return link;
    throw InputError{"memory_operand_links." + linked.name,
                     "is " + std::string{name_of(link)} + " in mapping rule '" + rule.name + "', expected " +
                         (makes ? "O for what a layer makes" : "I1 or I2 for what a layer reads") + of_layer};
}

void check_links(const MappingRule& rule, const Layer& layer)
{
    for (std::size_t operand = 0; operand <= layer.inputs.size(); ++operand) checked_link(rule, layer, operand);
}

}  // namespace plumbline::detail
