// SPDX-License-Identifier: Apache-2.0
// A YAML text as a tree of values, each with its line. What the parser would take without a word, or in its own words, is refused
// here: a key twice, a second document, aliases that stand for millions of values, depth without end.
//
//     const YamlTree root = yaml_tree(text, "rules.yaml", "rules", {});
//     if (root->kind == YamlNode::Kind::list) use(root->items);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plumbline::io {

struct YamlNode;
/// Values that aliases stand for are shared.
using YamlTree = std::shared_ptr<const YamlNode>;

struct YamlNode {
    enum class Kind : std::uint8_t { null, scalar, list, map };

    Kind kind = Kind::null;
    int line = 1;         ///< on which it begins
    bool quoted = false;  ///< a scalar that is a text for certain
    std::string text = {};
    std::vector<YamlTree> items = {};                         ///< of a list
    std::vector<std::pair<YamlTree, YamlTree>> entries = {};  ///< of a map: keys and values, as they stand
};

/// Null where the text has no value.
/// \param name what paths of fields begin with
/// \param repeatable a key that may be given twice, which its reader decides; empty: none
/// \throws InputError with file, line and, where a value is at fault, field
YamlTree yaml_tree(const std::string& text, const std::string& file, const std::string& name,
                   const std::string& repeatable);

}  // namespace plumbline::io
