// SPDX-License-Identifier: Apache-2.0
#include "json/json_field.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <new>

#include "field_path.hpp"
#include "json/json_position.hpp"
#include "limits.hpp"
#include "plumbline/io/json_text.hpp"
#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

/// Enough of a value to recognise it by.
std::string shown(const nlohmann::json& value)
{
    if (value.is_object()) return "an object";
    if (value.is_array()) return "a list";
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

JsonDocument::JsonDocument(std::string json, std::string filename, int first_line)
    : text{std::move(json)},
      file{std::move(filename)},
      line{first_line}
{
    const SourceLocation begin{file, line, {}};
    if (text.size() > kMostJsonBytes)
        throw InputError{begin, "is larger than " + std::to_string(kMostJsonBytes >> 20U) + " MiB"};
    try {
        item_lines = check_json(text, begin);
        root = nlohmann::json::parse(text);
    } catch (const std::bad_alloc&) {
        throw InputError{begin, "there is not enough memory to read it"};
    }
}

InputError JsonDocument::located(const InputError& error) const
{
    const std::string& field = error.where().field;
    return InputError{SourceLocation{file, line + line_of(text, field) - 1, field}, error.problem()};
}

void JsonField::fail(const std::string& problem) const { throw document_->located(InputError{path_, problem}); }

void JsonField::fail_at(const std::string& field, const std::string& problem) const
{
    throw document_->located(InputError{joined(path_, field), problem});
}

void JsonField::require_object() const
{
    if (!value_->is_object()) fail("is " + shown(*value_) + ", expected an object");
}

JsonField JsonField::at(std::string_view key) const
{
    require_object();
    const auto found = value_->find(key);
    if (found != value_->end()) return {*document_, *found, joined(path_, key)};
    throw document_->located(InputError{joined(path_, key), "is missing"});
}

std::optional<JsonField> JsonField::find(std::string_view key) const
{
    require_object();
    const auto found = value_->find(key);
    if (found == value_->end() || found->is_null()) return std::nullopt;
    return JsonField{*document_, *found, joined(path_, key)};
}

std::vector<JsonField> JsonField::items() const
{
    if (!value_->is_array()) fail("is " + shown(*value_) + ", expected a list");
    std::vector<JsonField> found;
    found.reserve(value_->size());
    for (std::size_t i = 0; i < value_->size(); ++i) {
        found.push_back(JsonField{*document_, (*value_)[i], joined(path_, i)});
    }
    return found;
}

std::vector<std::pair<std::string, JsonField>> JsonField::entries() const
{
    require_object();
    std::vector<std::pair<std::string, JsonField>> found;
    for (const auto& entry : value_->items()) {
        found.emplace_back(entry.key(), JsonField{*document_, entry.value(), joined(path_, entry.key())});
    }
    return found;
}

int JsonField::line() const { return document_->located(InputError{path_, {}}).where().line; }

int JsonField::line_of_item(std::size_t index) const
{
    assert(value_ == &document_->root && index < document_->item_lines.size());
    return document_->item_lines[index];
}

std::vector<JsonField> JsonField::items(std::size_t count) const
{
    auto found = items();
    if (found.size() == count) return found;
    fail("has " + std::to_string(found.size()) + " entries, expected " + std::to_string(count));
}

std::string JsonField::text() const
{
    if (!value_->is_string()) fail("is " + shown(*value_) + ", expected a text");
    return value_->get<std::string>();
}

std::int64_t JsonField::integer() const
{
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    const bool fits = !value_->is_number_unsigned() || value_->get<std::uint64_t>() <= most;
    if (!value_->is_number_integer() || !fits) fail("is " + shown(*value_) + ", expected an integer");
    return value_->get<std::int64_t>();
}

double JsonField::number() const
{
    if (!value_->is_number()) fail("is " + shown(*value_) + ", expected a number");
    return value_->get<double>();
}

bool JsonField::boolean() const
{
    if (!value_->is_boolean()) fail("is " + shown(*value_) + ", expected true or false");
    return value_->get<bool>();
}

void JsonField::only(const std::vector<std::string_view>& known) const
{
    require_object();
    for (const auto& entry : value_->items()) {
        if (std::find(known.begin(), known.end(), entry.key()) != known.end()) continue;
        throw document_->located(
            InputError{joined(path_, entry.key()), "is not a known key" + suggestion(entry.key(), known)});
    }
}

}  // namespace plumbline::io
