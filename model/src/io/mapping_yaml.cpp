// SPDX-License-Identifier: Apache-2.0
// ZigZag v3's mapping description: a list of rules, by layer name, by operator type, and a default.

#include <charconv>

#include "field_path.hpp"
#include "plumbline/io/yaml.hpp"
#include "text_file.hpp"
#include "yaml_field.hpp"

namespace plumbline::io {
namespace {

/// "K, 32".
Unrolling unrolling(const std::string& array_dimension, const YamlField& field)
{
    const std::string text = field.text();
    const std::size_t comma = text.find(',');
    const std::size_t begin = comma == std::string::npos ? comma : text.find_first_not_of(' ', comma + 1);
    if (begin == std::string::npos)
        field.fail("is '" + text + "', expected a loop dimension and a size such as 'K, 32'");
    const auto dim = loop_dim_named(text.substr(0, comma));
    if (!dim) {
        field.fail("'" + text.substr(0, comma) + "' is no loop dimension, expected B, G, K, C, OY, OX, FY or FX");
    }
    std::int64_t size = 0;
    const auto [end, error] = std::from_chars(text.data() + begin, text.data() + text.size(), size);
    if (error != std::errc{} || end != text.data() + text.size() || size < 1) {
        field.fail("'" + text.substr(begin) + "' is no size, expected a positive integer");
    }
    return {array_dimension, *dim, size};
}

void check_dimension(const std::string& name, const YamlField& field, const Accelerator* accelerator)
{
    if (accelerator == nullptr || accelerator->array().dimension_named(name)) return;
    std::vector<std::string_view> known;
    for (const ArrayDimension& dimension : accelerator->array().dimensions) known.push_back(dimension.name);
    field.fail('\'' + name + "' is no array dimension of " + accelerator->name() + suggestion(name, known));
}

std::vector<Unrolling> unrollings(const YamlField& rule, const Accelerator* accelerator)
{
    std::vector<Unrolling> found;
    const auto field = rule.find("spatial_mapping");
    if (!field) return found;
    for (const auto& [name, loops] : field->entries()) {
        check_dimension(name, loops, accelerator);
        const auto items = loops.items();
        if (items.size() > 1) {
            loops.fail(name + " has " + std::to_string(items.size()) +
                       " loops, but only one per array dimension is supported, such as '- K, 32'");
        }
        for (const YamlField& item : items) found.push_back(unrolling(name, item));
    }
    return found;
}

std::vector<OperandLink> links(const YamlField& rule)
{
    const auto field = rule.find("memory_operand_links");
    if (!field) return {{"O", MemoryOperand::o}, {"W", MemoryOperand::i2}, {"I", MemoryOperand::i1}};
    std::vector<OperandLink> found;
    for (const auto& [operand, target] : field->entries()) {
        const auto memory_operand = memory_operand_named(target.text());
        if (!memory_operand) target.fail("'" + target.text() + "' is no memory operand, expected I1, I2 or O");
        found.push_back({operand, *memory_operand});
    }
    return found;
}

/// The order of loops in time, and what a hint leaves open, are for the mapping search to decide.
void refuse_decided_by_search(const YamlField& rule)
{
    const auto ordering = rule.find("temporal_ordering");
    if (ordering && !ordering->items().empty()) {
        ordering->fail("is not supported: the search decides the order of temporal loops, leave it out");
    }
    const auto hint = rule.find("spatial_mapping_hint");
    if (hint && !hint->entries().empty()) {
        hint->fail("is not supported: give the unrolling of these dimensions in spatial_mapping");
    }
}

MappingRules parse(const std::string& text, const std::string& filename, const Accelerator* accelerator)
{
    const YamlField root = YamlField::parse(text, filename, "rules");
    std::vector<MappingRule> rules;
    for (const YamlField& item : root.items()) {
        item.only({"name", "spatial_mapping", "memory_operand_links", "spatial_mapping_hint", "temporal_ordering"});
        refuse_decided_by_search(item);
        rules.push_back({item.at("name").text(), unrollings(item, accelerator), links(item)});
    }
    return with_location(root, [&] { return MappingRules{std::move(rules)}; });
}

}  // namespace

MappingRules parse_mapping(const std::string& text, const std::string& filename)
{
    return parse(text, filename, nullptr);
}

MappingRules parse_mapping(const std::string& text, const std::string& filename, const Accelerator& accelerator)
{
    return parse(text, filename, &accelerator);
}

MappingRules read_mapping(const std::string& path) { return parse(read_text(path), path, nullptr); }

MappingRules read_mapping(const std::string& path, const Accelerator& accelerator)
{
    return parse(read_text(path), path, &accelerator);
}

}  // namespace plumbline::io
