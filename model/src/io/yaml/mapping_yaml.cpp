// SPDX-License-Identifier: Apache-2.0
// ZigZag v3's mapping description: a list of rules, by layer name, by operator type, and a default.

#include <algorithm>
#include <charconv>

#include "plumbline/io/yaml.hpp"
#include "plumbline/suggestion.hpp"
#include "text_file.hpp"
#include "yaml/all_errors.hpp"
#include "yaml/loop_dim_name.hpp"
#include "yaml/suitable_unrollings.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

LoopDim loop_dim(const std::string& name, const YamlField& field)
{
    if (const auto dim = written_loop_dim(name)) return *dim;
    field.fail("'" + name + "' is no loop dimension, expected " + std::string{kLoopDimNames});
}

/// "K, 32".
Unrolling unrolling(const std::string& array_dimension, const YamlField& field)
{
    const std::string text = field.text();
    const std::size_t comma = text.find(',');
    const std::size_t begin = comma == std::string::npos ? comma : text.find_first_not_of(' ', comma + 1);
    if (begin == std::string::npos)
        field.fail("is '" + text + "', expected a loop dimension and a size such as 'K, 32'");
    const LoopDim dim = loop_dim(text.substr(0, comma), field);
    std::int64_t size = 0;
    const auto [end, error] = std::from_chars(text.data() + begin, text.data() + text.size(), size);
    if (error != std::errc{} || end != text.data() + text.size() || size < 1) {
        field.fail("'" + text.substr(begin) + "' is no size, expected a positive integer");
    }
    return {array_dimension, dim, size};
}

void check_dimension(const std::string& name, const YamlField& field, const Accelerator* accelerator)
{
    if (accelerator == nullptr || accelerator->array().dimension_named(name)) return;
    std::vector<std::string_view> known;
    for (const ArrayDimension& dimension : accelerator->array().dimensions) known.push_back(dimension.name);
    field.fail('\'' + name + "' is no array dimension of " + accelerator->name() + suggestion(name, known));
}

std::vector<Unrolling> given_unrollings(const YamlField& rule, const Accelerator* accelerator)
{
    std::vector<Unrolling> found;
    const auto field = rule.find("spatial_mapping");
    if (!field) return found;
    for (const auto& [name, loops] : field->entries()) {
        check_dimension(name, loops, accelerator);
        for (const YamlField& item : loops.items()) found.push_back(unrolling(name, item));
    }
    return found;
}

/// A hint is about array dimensions that have no unrolling; as in ZigZag, one that the array lacks hints at nothing.
void add_hinted(std::vector<Unrolling>& unrollings, const YamlField& rule, const Accelerator* accelerator)
{
    const auto field = rule.find("spatial_mapping_hint");
    if (!field) return;
    const std::vector<Unrolling> given = unrollings;
    for (const auto& [name, dims] : field->entries()) {
        const bool absent = accelerator != nullptr && !accelerator->array().dimension_named(name);
        const bool taken = std::any_of(given.begin(), given.end(),
                                       [&name = name](const Unrolling& each) { return each.array_dimension == name; });
        for (const YamlField& item : dims.items()) {
            const LoopDim dim = loop_dim(item.text(), item);
            if (!absent && !taken) unrollings.push_back({name, dim, kAsFarAsItFits});
        }
    }
}

/// Without a word of unrolling; one that says `spatial_mapping: null` wants none.
bool leaves_open(const YamlField& rule)
{
    for (const auto& [key, value] : rule.entries())
        if (key == "spatial_mapping" || key == "spatial_mapping_hint") return false;
    return true;
}

std::vector<Unrolling> unrollings(const YamlField& rule, const Accelerator* accelerator)
{
    if (accelerator != nullptr && leaves_open(rule)) return suitable_unrollings(*accelerator);
    std::vector<Unrolling> found = given_unrollings(rule, accelerator);
    add_hinted(found, rule, accelerator);
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

constexpr const char* kAny = "*";

/// "[OX, 112]", "[OX, \"*\"]" for all iterations of OX, or "[\"*\", \"*\"]" for any loops.
OrderedLoop ordered_loop(const YamlField& loop)
{
    const auto parts = loop.items();
    if (parts.size() != 2) loop.fail("expected a loop dimension and a size, such as [OX, 4] or [OX, \"*\"]");
    OrderedLoop ordered;
    if (parts[0].text() != kAny) ordered.dim = loop_dim(parts[0].text(), parts[0]);
    if (parts[1].text() == kAny) return ordered;
    ordered.size = parts[1].integer();
    if (*ordered.size < 1) parts[1].fail("is " + parts[1].text() + ", expected a size of at least 1 or \"*\"");
    if (!ordered.dim) parts[1].fail("is " + parts[1].text() + ", expected \"*\" as well: any loops have no size");
    return ordered;
}

/// Innermost loop first.
std::vector<OrderedLoop> ordering(const YamlField& rule)
{
    std::vector<OrderedLoop> found;
    const auto field = rule.find("temporal_ordering");
    if (!field) return found;
    bool any = false;
    for (const YamlField& loop : field->items()) {
        found.push_back(ordered_loop(loop));
        if (found.back().dim) continue;
        if (any) loop.fail("stands for any loops a second time, expected one such place");
        any = true;
    }
    return found;
}

MappingRule rule_of(const YamlField& item, const Accelerator* accelerator)
{
    item.only({"name", "spatial_mapping", "memory_operand_links", "spatial_mapping_hint", "temporal_ordering"});
    return {item.at("name").text(), unrollings(item, accelerator), links(item), ordering(item), item.where()};
}

MappingRules parse_rules(const std::string& text, const std::string& filename, const Accelerator* accelerator)
{
    const YamlField root = YamlField::parse(text, filename, "rules");
    std::vector<MappingRule> rules;
    for (const YamlField& item : root.items()) rules.push_back(rule_of(item, accelerator));
    return with_location(root, [&] { return MappingRules{std::move(rules)}; });
}

}  // namespace

std::vector<InputError> errors_of_mapping(const std::string& text, const std::string& filename,
                                          const Accelerator* accelerator)
{
    const YamlField root = YamlField::parse(text, filename, "rules");
    std::vector<InputError> errors;
    for (const YamlField& item : root.items())
        if (errors.size() < kMostErrors) reads(errors, [&] { rule_of(item, accelerator); });
    if (errors.empty()) reads(errors, [&] { parse_rules(text, filename, accelerator); });
    return errors;
}

MappingRules parse_mapping(const std::string& text, const std::string& filename)
{
    return parse_rules(text, filename, nullptr);
}

MappingRules parse_mapping(const std::string& text, const std::string& filename, const Accelerator& accelerator)
{
    return parse_rules(text, filename, &accelerator);
}

MappingRules read_mapping(const std::string& path)
{
    return parse_rules(read_text(path, kMostYamlBytes), path, nullptr);
}

MappingRules read_mapping(const std::string& path, const Accelerator& accelerator)
{
    return parse_rules(read_text(path, kMostYamlBytes), path, &accelerator);
}

}  // namespace plumbline::io
