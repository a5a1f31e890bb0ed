// SPDX-License-Identifier: Apache-2.0
// A value in a YAML document together with where it stands, so that whoever finds it wrong can say so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plumbline/error.hpp"
#include "yaml/yaml_tree.hpp"

namespace plumbline::io {

class YamlField {
public:
    /// The root of a document; `name` is what paths begin with, empty for a map.
    /// \param repeatable a key that may be given twice in a map \throws InputError on malformed text
    static YamlField parse(const std::string& text, const std::string& filename, const std::string& name,
                           const std::string& repeatable = {});

    bool null() const { return node_->kind == YamlNode::Kind::null; }
    bool is_map() const { return node_->kind == YamlNode::Kind::map; }
    bool is_list() const { return node_->kind == YamlNode::Kind::list; }
    /// On which it stands in its file.
    int line() const { return line_; }
    SourceLocation where() const { return {file_, line_, path_}; }

    /// The value of a key that must be there. \throws InputError
    YamlField at(std::string_view key) const;
    /// Nothing where the key is absent or null.
    std::optional<YamlField> find(std::string_view key) const;
    /// Key and value in the order of the document, each key once. \throws InputError
    std::vector<std::pair<std::string, YamlField>> entries() const;
    std::vector<YamlField> items() const;
    /// Values of a key, of which there are several where it may be given twice.
    std::vector<YamlField> all(std::string_view key) const;

    std::string text() const;
    std::int64_t integer() const;
    double number() const;
    bool boolean() const;

    /// \throws InputError for a key that is not among `known`, or a value that is no map
    void only(const std::vector<std::string_view>& known) const;
    [[noreturn]] void fail(const std::string& problem) const;
    /// Gives an error in this document, whose field may lie deep below, its file and line.
    InputError located(const InputError& error) const;

private:
    using Entry = std::pair<YamlTree, YamlTree>;

    YamlField(YamlTree node, std::string file, std::string path, int line);
    /// A member stands where its key does, an item where it begins.
    YamlField member(const Entry& entry, std::string path) const;
    YamlField item(std::size_t index) const;
    /// Of a key that may be given twice the last one.
    std::optional<YamlField> last_of(std::string_view key) const;
    void require_map() const;

    YamlTree node_;
    std::string file_;
    std::string path_;
    int line_ = 0;
};

/// What `build` makes, with file and line added to its errors.
template <class Build>
auto with_location(const YamlField& root, Build build)
{
    try {
        return build();
    } catch (const InputError& error) {
        if (!error.where().file.empty()) throw;
        throw root.located(error);
    }
}

}  // namespace plumbline::io
