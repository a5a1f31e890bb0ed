// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/trace_mapping.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "plumbline/suggestion.hpp"
#include "text_file.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

const std::vector<std::string_view> kFields{"name", "category", "process", "thread"};

const std::string& field_of(const TraceSlice& slice, std::string_view field)
{
    if (field == "name") return slice.name;
    if (field == "category") return slice.category;
    return field == "process" ? slice.process : slice.thread;
}

bool matches(std::string_view pattern, std::string_view text)
{
    // What lies between stars is found as early as it can be: the last star takes what is left over.
    std::size_t star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == text;
    if (text.substr(0, star) != pattern.substr(0, star)) return false;
    text.remove_prefix(star);
    pattern.remove_prefix(star + 1);
    for (star = pattern.find('*'); star != std::string_view::npos; star = pattern.find('*')) {
        const std::size_t found = text.find(pattern.substr(0, star));
        if (found == std::string_view::npos) return false;
        text.remove_prefix(found + star);
        pattern.remove_prefix(star + 1);
    }
    return text.size() >= pattern.size() && text.substr(text.size() - pattern.size()) == pattern;
}

std::optional<TraceValue> value_of(const YamlField& rule, std::string_view key)
{
    const auto field = rule.find(key);
    if (!field) return std::nullopt;
    if (!field->is_map()) return TraceValue{TraceValue::Kind::literal, field->text()};
    field->only({"arg", "field"});
    if (const auto argument = field->find("arg")) return TraceValue{TraceValue::Kind::argument, argument->text()};
    const YamlField named = field->at("field");
    if (std::find(kFields.begin(), kFields.end(), named.text()) == kFields.end()) {
        named.fail("'" + named.text() + "' is unknown, expected name, category, process or thread");
    }
    return TraceValue{TraceValue::Kind::field, named.text()};
}

EventMatch match_of(const YamlField& field)
{
    field.only({"name", "category", "process", "thread", "args"});
    EventMatch match;
    for (std::string_view name : kFields) {
        if (const auto pattern = field.find(name)) match.fields.emplace(name, pattern->text());
    }
    if (const auto arguments = field.find("args")) {
        for (const auto& [name, pattern] : arguments->entries()) match.arguments.emplace(name, pattern.text());
    }
    if (match.fields.empty() && match.arguments.empty()) field.fail("is empty, expected what events have in common");
    return match;
}

TraceAmount amount_of(const YamlField& field, std::string_view constant)
{
    field.only({"arg", constant, "unit"});
    const YamlField unit = field.at("unit");
    const auto known = amount_unit_named(unit.text());
    if (!known) unit.fail("'" + unit.text() + "' is unknown, expected " + kAmountUnits);
    TraceAmount amount;
    amount.unit = *known;
    if (const auto argument = field.find("arg")) {
        amount.argument = argument->text();
        return amount;
    }
    const YamlField count = field.at(constant);
    amount.count = count.number();
    if (!(amount.count > 0)) count.fail("expected more than 0");
    return amount;
}

std::string choice(const YamlField& rule, std::string_view key, std::string otherwise,
                   const std::vector<std::string_view>& known)
{
    const auto field = rule.find(key);
    if (!field) return otherwise;
    std::string text = field->text();
    if (std::find(known.begin(), known.end(), text) != known.end()) return text;
    field->fail("'" + text + "' is unknown" + suggestion(text, known));
}

/// What rules about events and signals have in common.
TraceRule rule_of(const YamlField& field, std::string_view constant_amount)
{
    TraceRule rule;
    rule.line = field.line();
    rule.memory = value_of(field, "memory");
    rule.operand = value_of(field, "operand");
    rule.direction = value_of(field, "direction");
    rule.layer = value_of(field, "layer");
    rule.step = choice(field, "step", "compute", {"compute", "copy"});
    rule.phase = choice(field, "phase", "total", {"total", "computing", "loading", "offloading"});
    if (const auto amount = field.find("amount")) rule.amount = amount_of(*amount, constant_amount);
    const std::string time = choice(field, "time", "", {"step", "run"});
    if (time == "step") rule.time = TraceTime::step;
    if (time == "run") rule.time = TraceTime::run;
    if (rule.amount) {
        for (std::string_view key : {"memory", "operand", "direction"}) field.at(key);
    }
    if (rule.time == TraceTime::step && rule.step == "compute") field.at("layer");
    return rule;
}

TraceRule event_rule(const YamlField& field)
{
    field.only({"match", "memory", "operand", "direction", "amount", "layer", "step", "phase", "time"});
    TraceRule rule = rule_of(field, "count");
    rule.match = match_of(field.at("match"));
    if (!rule.amount && rule.time == TraceTime::nothing) field.fail("has no effect, expected an amount or a time");
    return rule;
}

TraceRule signal_rule(const YamlField& field)
{
    field.only(
        {"signal", "active", "memory", "port", "operand", "direction", "amount", "layer", "step", "phase", "time"});
    TraceRule rule = rule_of(field, "per_cycle");
    rule.signal = field.at("signal").text();
    if (const auto active = field.find("active")) rule.active = active->integer();
    rule.port = value_of(field, "port");
    if (rule.port) field.at("memory");
    if (rule.amount && !rule.amount->argument.empty()) field.fail("amount: signals have no arguments");
    for (const auto* value : {&rule.memory, &rule.port, &rule.operand, &rule.direction, &rule.layer}) {
        if (*value && (*value)->kind != TraceValue::Kind::literal) field.fail("signals have no arguments and fields");
    }
    if (!rule.amount && !rule.port && rule.time == TraceTime::nothing) {
        field.fail("has no effect, expected an amount, a port or a time");
    }
    return rule;
}

std::vector<YamlField> rules_in(const YamlField& field)
{
    std::vector<YamlField> rules = field.items();
    if (rules.size() <= kMostRules) return rules;
    field.fail("has " + std::to_string(rules.size()) + " rules, expected at most " + std::to_string(kMostRules));
}

}  // namespace

std::optional<std::string> TraceValue::of(const TraceSlice& slice) const
{
    if (kind == Kind::literal) return text;
    if (kind == Kind::field) return field_of(slice, text);
    const auto found = slice.arguments.find(text);
    return found == slice.arguments.end() ? std::nullopt : found->second.text;
}

bool EventMatch::matches(const TraceSlice& slice) const
{
    for (const auto& [field, pattern] : fields) {
        if (!io::matches(pattern, field_of(slice, field))) return false;
    }
    for (const auto& [name, pattern] : arguments) {
        const auto found = slice.arguments.find(name);
        if (found == slice.arguments.end() || !io::matches(pattern, found->second.text.value_or("null"))) return false;
    }
    return true;
}

InputError TraceMapping::error(const TraceRule& rule, const std::string& problem) const
{
    return InputError{SourceLocation{file, rule.line, {}}, problem};
}

TraceMapping read_trace_mapping(const std::string& path)
{
    const YamlField root = YamlField::parse(read_text(path, kMostYamlBytes), path, {});
    root.only({"cycle_ns", "events", "signals"});
    TraceMapping mapping;
    mapping.file = path;
    if (const auto cycle = root.find("cycle_ns")) {
        mapping.cycle_ns = cycle->number();
        if (!(*mapping.cycle_ns > 0)) cycle->fail("expected more than 0");
    }
    if (const auto events = root.find("events")) {
        for (const YamlField& rule : rules_in(*events)) mapping.events.push_back(event_rule(rule));
    }
    if (const auto signals = root.find("signals")) {
        for (const YamlField& rule : rules_in(*signals)) mapping.signals.push_back(signal_rule(rule));
    }
    return mapping;
}

}  // namespace plumbline::io
