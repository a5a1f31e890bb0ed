// SPDX-License-Identifier: Apache-2.0
// A value in a JSON document together with where it stands, so that whoever finds it wrong can say so.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plumbline/error.hpp"

namespace plumbline::io {

/// A parsed text, with what its errors need. Outlives the fields that point into it.
struct JsonDocument {
    /// `first_line`: of the text in its file. \throws InputError on malformed text
    JsonDocument(std::string json, std::string filename, int first_line = 1);

    /// An error whose field lies in this document, with file and line.
    InputError located(const InputError& error) const;

    std::string text;
    std::string file;
    int line = 1;
    std::vector<int> item_lines;  ///< of the elements, where the text is a list
    nlohmann::json root;
};

class JsonField {
public:
    explicit JsonField(const JsonDocument& document) : JsonField{document, document.root, {}} {}

    bool null() const { return value_->is_null(); }
    bool is_text() const { return value_->is_string(); }
    bool is_object() const { return value_->is_object(); }
    /// On which it stands in its file.
    int line() const;
    /// On which an element of the document itself stands. \pre the document is a list of more than `index`
    int line_of_item(std::size_t index) const;
    /// The value of a key that must be there. \throws InputError
    JsonField at(std::string_view key) const;
    /// Nothing where the key is absent or null.
    std::optional<JsonField> find(std::string_view key) const;
    std::vector<JsonField> items() const;
    /// Key and value. \throws InputError
    std::vector<std::pair<std::string, JsonField>> entries() const;
    /// \throws InputError unless there are `count`
    std::vector<JsonField> items(std::size_t count) const;

    std::string text() const;
    std::int64_t integer() const;
    double number() const;
    bool boolean() const;

    /// \throws InputError for a key that is not among `known`, or a value that is no object
    void only(const std::vector<std::string_view>& known) const;
    [[noreturn]] void fail(const std::string& problem) const;
    /// The same about a field below this one.
    [[noreturn]] void fail_at(const std::string& field, const std::string& problem) const;

private:
    JsonField(const JsonDocument& document, const nlohmann::json& value, std::string path)
        : document_{&document},
          value_{&value},
          path_{std::move(path)}
    {}
    void require_object() const;

    const JsonDocument* document_;
    const nlohmann::json* value_;
    std::string path_;
};

}  // namespace plumbline::io
