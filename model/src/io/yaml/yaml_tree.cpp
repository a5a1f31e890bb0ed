// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <cstddef>
#include <locale>
#include <sstream>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "field_path.hpp"
#include "limits.hpp"
#include "plumbline/error.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

/// Hears of each value while a text is parsed.
class TreeBuilder : public YAML::EventHandler {
public:
    TreeBuilder(std::string file, std::string name, std::string repeatable)
        : file_{std::move(file)},
          name_{std::move(name)},
          repeatable_{std::move(repeatable)}
    {}

    const YamlTree& root() const { return root_; }

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++documents_ > 1) fail(mark, "begins a second document, expected one");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        add_value(mark, anchor, {YamlNode::Kind::null, line_of(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto stands_for = anchored_.find(anchor);
        if (stands_for == anchored_.end()) fail(mark, "an alias stands for what it is part of");
        count(mark, stands_for->second.values);
        place(stands_for->second.node);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        if (expects_key()) take_key(mark, value);
        add_value(mark, anchor, {YamlNode::Kind::scalar, line_of(mark), tag == kQuoted, value});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, YamlNode::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, YamlNode::Kind::map);
    }
    void OnMapEnd() override { close(); }

private:
    static constexpr const char* kQuoted = "!";

    /// A list or map whose end has not come.
    struct Open {
        std::shared_ptr<YamlNode> node;
        YAML::anchor_t anchor = 0;
        std::size_t before = 0;  ///< values of the text when it began
        YamlTree key = {};       ///< of a map: the one whose value is to come
        std::string last_key = {};
        std::unordered_set<std::string> keys = {};

        bool is_map() const { return node->kind == YamlNode::Kind::map; }
    };

    /// What an alias may stand for.
    struct Anchored {
        YamlTree node;
        std::size_t values = 0;
    };

    static int line_of(const YAML::Mark& mark) { return mark.line + 1; }

    [[noreturn]] void fail(const YAML::Mark& mark, const std::string& problem) const
    {
        throw InputError{SourceLocation{file_, line_of(mark), {}}, problem};
    }

    void count(const YAML::Mark& mark, std::size_t values)
    {
        values_ += values;
        if (values_ > kMostNodes)
            fail(mark, "has more than " + std::to_string(kMostNodes) + " values, counting what aliases stand for");
    }

    /// Anchors are numbered from 1; 0 is none.
    void remember(YAML::anchor_t anchor, const YamlTree& node, std::size_t values)
    {
        if (anchor != 0) anchored_[anchor] = {node, values};
    }

    void add_value(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode value)
    {
        count(mark, 1);
        const auto node = std::make_shared<const YamlNode>(std::move(value));
        remember(anchor, node, 1);
        place(node);
    }

    /// Into the list or map that is open: keys and values come in turn.
    void place(const YamlTree& node)
    {
        if (open_.empty()) {
            root_ = node;
            return;
        }
        Open& within = open_.back();
        if (!within.is_map()) {
            within.node->items.push_back(node);
        } else if (within.key == nullptr) {
            within.key = node;
        } else {
            within.node->entries.emplace_back(std::move(within.key), node);
            within.key = nullptr;
        }
    }

    bool expects_key() const { return !open_.empty() && open_.back().is_map() && open_.back().key == nullptr; }

    void take_key(const YAML::Mark& mark, const std::string& key)
    {
        open_.back().last_key = key;
        if (open_.back().keys.insert(key).second || (key == repeatable_ && !key.empty())) return;
        throw InputError{SourceLocation{file_, line_of(mark), path()}, "is given twice"};
    }

    std::string path() const
    {
        std::string all = name_;
        for (const Open& each : open_)
            all = each.is_map() ? joined(all, each.last_key) : joined(all, each.node->items.size());
        return all;
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, YamlNode::Kind kind)
    {
        count(mark, 1);
        if (open_.size() == kMostDepth)
            fail(mark, "has lists and maps within each other more than " + std::to_string(kMostDepth) + " deep");
        open_.push_back({std::make_shared<YamlNode>(YamlNode{kind, line_of(mark)}), anchor, values_ - 1});
    }

    void close()
    {
        const Open closed = std::move(open_.back());
        open_.pop_back();
        remember(closed.anchor, closed.node, values_ - closed.before);
        place(closed.node);
    }

    std::string file_;
    std::string name_;
    std::string repeatable_;
    YamlTree root_ = std::make_shared<YamlNode>();
    int documents_ = 0;
    std::size_t values_ = 0;
    std::vector<Open> open_;
    std::unordered_map<YAML::anchor_t, Anchored> anchored_;
};

/// What people make of the mistakes that parsers know.
std::string reason_of(const YAML::Exception& error)
{
    using namespace YAML::ErrorMsg;
    const std::string& text = error.msg;
    if (text == END_OF_MAP || text == END_OF_SEQ) return "expected an item or a key in the column of those before it";
    if (text == END_OF_MAP_FLOW) return "expected ',' or '}'";
    if (text == END_OF_SEQ_FLOW) return "expected ',' or ']'";
    if (text == MAP_KEY || text == MAP_VALUE) return "a key is out of place";
    if (text == BLOCK_ENTRY) return "a '-' is out of place";
    if (text == FLOW_END) return "a '}' or ']' closes nothing";
    if (text == TAB_IN_INDENTATION) return "a tab before an item or key, expected spaces";
    if (text == EOF_IN_SCALAR) return "a quote is not closed";
    if (text == DOC_IN_SCALAR) return "a document ends within quotes";
    if (text == UNKNOWN_ANCHOR) return "an alias without an anchor";
    return text.rfind(INVALID_ESCAPE, 0) == 0 ? "an unknown escape" : "it cannot be understood";
}

}  // namespace

YamlTree yaml_tree(const std::string& text, const std::string& file, const std::string& name,
                   const std::string& repeatable)
{
    if (text.size() > kMostYamlBytes) {
        throw InputError{SourceLocation{file, 0, {}},
                         "is larger than " + std::to_string(kMostYamlBytes >> 20U) + " MiB"};
    }
    check_text(text, file);
    TreeBuilder builder{file, name, repeatable};
    std::istringstream in{text};
    in.imbue(std::locale::classic());
    try {
        YAML::Parser parser{in};
        while (parser.HandleNextDocument(builder)) {}
    } catch (const YAML::Exception& error) {
        const bool placed = !error.mark.is_null();
        const std::string column = placed ? " at column " + std::to_string(error.mark.column + 1) : std::string{};
        throw InputError{SourceLocation{file, placed ? error.mark.line + 1 : 0, {}},
                         "not valid YAML: " + reason_of(error) + column};
    }
    return builder.root();
}

}  // namespace plumbline::io
