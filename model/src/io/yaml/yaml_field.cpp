// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_field.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <set>

#include "field_path.hpp"
#include "number_text.hpp"
#include "plumbline/suggestion.hpp"
#include "yaml/yaml_text.hpp"

namespace plumbline::io {
namespace {

std::string kind_of(const YAML::Node& node)
{
    if (!node.IsDefined() || node.IsNull()) return "nothing";
    if (node.IsMap()) return "a map";
    if (node.IsSequence()) return "a list";
    return '\'' + node.Scalar() + '\'';
}

int line_of(const YAML::Node& node, int otherwise)
{
    if (!node.IsDefined()) return otherwise;
    const YAML::Mark mark = node.Mark();
    return mark.is_null() ? otherwise : mark.line + 1;
}

}  // namespace

YamlField::YamlField(const YAML::Node& node, std::string file, std::string path, int line)
    : node_{node},
      file_{std::move(file)},
      path_{std::move(path)},
      line_{line}
{}

YamlField YamlField::parse(const std::string& text, const std::string& filename, const std::string& name,
                           const std::string& repeatable)
{
    try {
        check_yaml(text, filename, name, repeatable);
        const YAML::Node root = YAML::Load(text);
        return {root, filename, name, line_of(root, 1)};
    } catch (const std::bad_alloc&) {
        throw InputError{SourceLocation{filename, 0, {}}, "there is not enough memory to read it"};
    }
}

YamlField YamlField::member(const YAML::Node& key, const YAML::Node& value, std::string path) const
{
    return {value, file_, std::move(path), line_of(key, line_)};
}

YamlField YamlField::item(std::size_t index) const
{
    const YAML::Node value = node_[index];
    return {value, file_, joined(path_, index), line_of(value, line_)};
}

void YamlField::require_map() const
{
    if (!node_.IsMap()) fail("is " + kind_of(node_) + ", expected a map");
}

std::optional<YamlField> YamlField::last_of(std::string_view key) const
{
    require_map();
    std::optional<YamlField> found;
    for (const auto& entry : node_)
        if (entry.first.IsScalar() && entry.first.Scalar() == key)
            found.emplace(member(entry.first, entry.second, joined(path_, key)));
    return found;
}

std::vector<YamlField> YamlField::all(std::string_view key) const
{
    require_map();
    std::vector<YamlField> found;
    for (const auto& entry : node_)
        if (entry.first.IsScalar() && entry.first.Scalar() == key)
            found.push_back(member(entry.first, entry.second, joined(path_, key)));
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
    for (const auto& entry : node_) {
        if (!entry.first.IsScalar()) member(entry.first, entry.second, path_).fail("has a key that is no name");
        const std::string& key = entry.first.Scalar();
        found.emplace_back(key, member(entry.first, entry.second, joined(path_, key)));
        if (!keys.insert(key).second) found.back().second.fail("is given twice");
    }
    return found;
}

std::vector<YamlField> YamlField::items() const
{
    if (!node_.IsSequence()) fail("is " + kind_of(node_) + ", expected a list");
    std::vector<YamlField> found;
    for (std::size_t i = 0; i < node_.size(); ++i) found.push_back(item(i));
    return found;
}

std::string YamlField::text() const
{
    if (!node_.IsScalar()) fail("is " + kind_of(node_) + ", expected a text");
    return node_.Scalar();
}

std::int64_t YamlField::integer() const
{
    std::int64_t value = 0;
    if (node_.IsScalar() && node_.Tag() != "!") {  // "!": a quoted text
        const std::string& text = node_.Scalar();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size()) return value;
    }
    fail("is " + kind_of(node_) + ", expected an integer");
}

double YamlField::number() const
{
    if (node_.IsScalar() && node_.Tag() != "!") {
        if (const auto value = number_in(node_.Scalar())) return *value;
    }
    fail("is " + kind_of(node_) + ", expected a number");
}

bool YamlField::boolean() const
{
    bool value = false;
    if (!node_.IsScalar() || node_.Tag() == "!" || !YAML::convert<bool>::decode(node_, value)) {
        fail("is " + kind_of(node_) + ", expected true or false");
    }
    return value;
}

void YamlField::only(const std::vector<std::string_view>& known) const
{
    require_map();
    for (const auto& entry : node_) {
        const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string{};
        if (std::find(known.begin(), known.end(), key) != known.end()) continue;
        member(entry.first, entry.second, joined(path_, key)).fail("is not a known key" + suggestion(key, known));
    }
}

void YamlField::fail(const std::string& problem) const { throw InputError{{file_, line_, path_}, problem}; }

InputError YamlField::located(const InputError& error) const
{
    std::vector<PathStep> steps = steps_of(error.where().field);
    if (!path_.empty() && !steps.empty() && steps.front().key == path_) steps.erase(steps.begin());
    std::optional<YamlField> nearest{*this};
    for (const PathStep& step : steps) {
        const YAML::Node& node = nearest->node_;
        const bool inside = step.index ? node.IsSequence() && *step.index < node.size() : node.IsMap();
        if (!inside) break;
        const auto next = step.index ? nearest->item(*step.index) : nearest->last_of(step.key);
        if (!next) break;
        nearest.emplace(*next);
    }
    return InputError{{file_, nearest->line_, error.where().field}, error.problem()};
}

}  // namespace plumbline::io
