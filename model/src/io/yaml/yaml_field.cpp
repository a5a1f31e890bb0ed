// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_field.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <new>
#include <set>

#include "field_path.hpp"
#include "number_text.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

using Kind = YamlNode::Kind;

std::string kind_of(const YamlNode& node)
{
    switch (node.kind) {
        case Kind::map: return "a map";
        case Kind::list: return "a list";
        case Kind::scalar: return '\'' + node.text + '\'';
        case Kind::null: break;
    }
    return "nothing";
}

bool is_scalar(const YamlNode& node) { return node.kind == Kind::scalar; }

/// Whether a number or a truth value may be read of it.
bool is_plain(const YamlNode& node) { return is_scalar(node) && !node.quoted; }

}  // namespace

YamlField::YamlField(YamlTree node, std::string file, std::string path, int line)
    : node_{std::move(node)},
      file_{std::move(file)},
      path_{std::move(path)},
      line_{line}
{}

YamlField YamlField::parse(const std::string& text, const std::string& filename, const std::string& name,
                           const std::string& repeatable)
{
    try {
        const YamlTree root = yaml_tree(text, filename, name, repeatable);
        return {root, filename, name, root->line};
    } catch (const std::bad_alloc&) {
        throw InputError{SourceLocation{filename, 0, {}}, "there is not enough memory to read it"};
    }
}

YamlField YamlField::member(const Entry& entry, std::string path) const
{
    return {entry.second, file_, std::move(path), entry.first->line};
}

YamlField YamlField::item(std::size_t index) const
{
    const YamlTree& value = node_->items[index];
    return {value, file_, joined(path_, index), value->line};
}

void YamlField::require_map() const
{
    if (!is_map()) fail("is " + kind_of(*node_) + ", expected a map");
}

std::optional<YamlField> YamlField::last_of(std::string_view key) const
{
    require_map();
    std::optional<YamlField> found;
    for (const Entry& entry : node_->entries)
        if (is_scalar(*entry.first) && entry.first->text == key) found.emplace(member(entry, joined(path_, key)));
    return found;
}

std::vector<YamlField> YamlField::all(std::string_view key) const
{
    require_map();
    std::vector<YamlField> found;
    for (const Entry& entry : node_->entries)
        if (is_scalar(*entry.first) && entry.first->text == key) found.push_back(member(entry, joined(path_, key)));
    return found;
}

YamlField YamlField::at(std::string_view key) const
{
    const auto field = last_of(key);
    const int line = field ? field->line_ : line_;
    if (!field || field->null()) throw InputError{{file_, line, joined(path_, key)}, "is missing"};
    return *field;
}

std::optional<YamlField> YamlField::find(std::string_view key) const
{
    auto field = last_of(key);
    if (field && field->null()) field.reset();
    return field;
}

std::vector<std::pair<std::string, YamlField>> YamlField::entries() const
{
    require_map();
    std::vector<std::pair<std::string, YamlField>> found;
    std::set<std::string> keys;
    for (const Entry& entry : node_->entries) {
        if (!is_scalar(*entry.first)) member(entry, path_).fail("has a key that is no name");
        const std::string& key = entry.first->text;
        found.emplace_back(key, member(entry, joined(path_, key)));
        if (!keys.insert(key).second) found.back().second.fail("is given twice");
    }
    return found;
}

std::vector<YamlField> YamlField::items() const
{
    if (!is_list()) fail("is " + kind_of(*node_) + ", expected a list");
    std::vector<YamlField> found;
    for (std::size_t i = 0; i < node_->items.size(); ++i) found.push_back(item(i));
    return found;
}

std::string YamlField::text() const
{
    if (!is_scalar(*node_)) fail("is " + kind_of(*node_) + ", expected a text");
    return node_->text;
}

std::int64_t YamlField::integer() const
{
    std::int64_t value = 0;
    if (is_plain(*node_)) {
        const std::string& text = node_->text;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size()) return value;
    }
    fail("is " + kind_of(*node_) + ", expected an integer");
}

double YamlField::number() const
{
    if (is_plain(*node_)) {
        if (const auto value = number_in(node_->text)) return *value;
    }
    fail("is " + kind_of(*node_) + ", expected a number");
}

bool YamlField::boolean() const
{
    bool value = false;
    if (!is_plain(*node_) || !YAML::convert<bool>::decode(YAML::Node{node_->text}, value)) {
        fail("is " + kind_of(*node_) + ", expected true or false");
    }
    return value;
}

void YamlField::only(const std::vector<std::string_view>& known) const
{
    require_map();
    for (const Entry& entry : node_->entries) {
        const std::string key = is_scalar(*entry.first) ? entry.first->text : std::string{};
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        member(entry, joined(path_, key)).fail("is not a known key" + suggestion(key, known));
    }
}

void YamlField::fail(const std::string& problem) const { throw InputError{{file_, line_, path_}, problem}; }

InputError YamlField::located(const InputError& error) const
{
    std::vector<PathStep> steps = steps_of(error.where().field);
    if (!path_.empty() && !steps.empty() && steps.front().key == path_) steps.erase(steps.begin());
    std::optional<YamlField> nearest{*this};
    for (const PathStep& step : steps) {
        const YamlNode& node = *nearest->node_;
        const bool inside = step.index ? *step.index < node.items.size() : nearest->is_map();
        if (!inside) break;
        const auto next = step.index ? nearest->item(*step.index) : nearest->last_of(step.key);
        if (!next) break;
        nearest.emplace(*next);
    }
    return InputError{{file_, nearest->line_, error.where().field}, error.problem()};
}

}  // namespace plumbline::io
