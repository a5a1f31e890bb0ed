// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/tolerances_yaml.hpp"

#include <array>

#include "text_file.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

constexpr std::array<ToleratedQuantity, 5> kAll{ToleratedQuantity::accesses, ToleratedQuantity::latency,
                                                ToleratedQuantity::layers, ToleratedQuantity::copies,
                                                ToleratedQuantity::energy};

double fraction(const YamlField& field)
{
    const double value = field.number();
    if (!(value >= 0)) field.fail("is '" + field.text() + "', expected a fraction of at least 0");
    return value;
}

std::string operand_of(const YamlField& field)
{
    std::string text = field.text();
    if (text != "I" && text != "W" && text != "O") field.fail("'" + text + "' is no operand, expected I, W or O");
    return text;
}

Estimator estimator_of(const YamlField& field)
{
    if (const auto estimator = estimator_named(field.text())) return *estimator;
    field.fail("'" + field.text() + "' is no estimator, expected uniform or refined");
}

ToleranceRule rule_of(const YamlField& field, ToleratedQuantity quantity)
{
    if (quantity == ToleratedQuantity::accesses)
        field.only({"estimator", "memory", "operand", "at_most"});
    else
        field.only({"estimator", "at_most"});
    ToleranceRule rule{quantity, fraction(field.at("at_most"))};
    if (const auto estimator = field.find("estimator")) rule.estimator = estimator_of(*estimator);
    if (const auto memory = field.find("memory")) {
        rule.memory = memory->text();
        rule.memory_at = memory->where();
    }
    if (const auto operand = field.find("operand")) rule.operand = operand_of(*operand);
    return rule;
}

void add_rules(std::vector<ToleranceRule>& rules, const YamlField& field, ToleratedQuantity quantity)
{
    if (!field.is_list()) {
        rules.push_back({quantity, fraction(field)});
        return;
    }
    for (const YamlField& item : field.items()) rules.push_back(rule_of(item, quantity));
}

}  // namespace

std::string_view name_of(ToleratedQuantity quantity)
{
    switch (quantity) {
        case ToleratedQuantity::accesses: return "accesses";
        case ToleratedQuantity::latency: return "latency";
        case ToleratedQuantity::layers: return "layers";
        case ToleratedQuantity::copies: return "copies";
        case ToleratedQuantity::energy: break;
    }
    return "energy";
}

std::vector<ToleranceRule> parse_tolerances(const std::string& text, const std::string& filename)
{
    const YamlField root = YamlField::parse(text, filename, {});
    std::vector<std::string_view> names;
    names.reserve(kAll.size());
    for (ToleratedQuantity quantity : kAll) names.push_back(name_of(quantity));
    root.only(names);
    std::vector<ToleranceRule> rules;
    for (ToleratedQuantity quantity : kAll)
        if (const auto field = root.find(name_of(quantity))) add_rules(rules, *field, quantity);
    if (rules.empty()) root.fail("says nothing, expected accesses, latency, layers, copies or energy");
    return rules;
}

std::vector<ToleranceRule> read_tolerances(const std::string& path)
{
    return parse_tolerances(read_text(path, kMostYamlBytes), path);
}

}  // namespace plumbline::io
