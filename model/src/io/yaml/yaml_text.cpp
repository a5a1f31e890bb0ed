// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

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

/// Hears of each value while a text is parsed, and keeps none.
class YamlCheck : public YAML::EventHandler {
public:
    YamlCheck(std::string file, std::string name, std::string repeatable)
        : file_{std::move(file)},
          name_{std::move(name)},
          repeatable_{std::move(repeatable)}
    {}

    void OnDocumentStart(const YAML::Mark& mark) override
    {
        if (++documents_ > 1) fail(mark, "begins a second document, expected one");
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        count(mark, 1);
        remember(anchor, 1);
        take_value();
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override
    {
        const auto stands_for = sizes_.find(anchor);
        if (stands_for == sizes_.end()) fail(mark, "an alias stands for what it is part of");
        count(mark, stands_for->second);
        take_value();
    }
    void OnScalar(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  const std::string& value) override
    {
        count(mark, 1);
        remember(anchor, 1);
        if (expects_key()) take_key(mark, value);
        take_value();
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, false);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override
    {
        open(mark, anchor, true);
    }
    void OnMapEnd() override { close(); }

private:
    /// A list or map whose end has not come.
    struct Open {
        YAML::anchor_t anchor = 0;
        std::size_t before = 0;  ///< values of the text when it began
        bool map = false;
        bool key_next = false;
        std::string key{};      ///< of a map, the last one
        std::size_t index = 0;  ///< of a list, the next one
        std::unordered_set<std::string> keys{};
    };

    [[noreturn]] void fail(const YAML::Mark& mark, const std::string& problem) const
    {
        throw InputError{SourceLocation{file_, mark.line + 1, {}}, problem};
    }

    void count(const YAML::Mark& mark, std::size_t values)
    {
        nodes_ += values;
        if (nodes_ > kMostNodes)
            fail(mark, "has more than " + std::to_string(kMostNodes) + " values, counting what aliases stand for");
    }

    /// Anchors are numbered from 1; 0 is none.
    void remember(YAML::anchor_t anchor, std::size_t values)
    {
        if (anchor != 0) sizes_[anchor] = values;
    }

    bool expects_key() const { return !open_.empty() && open_.back().map && open_.back().key_next; }

    void take_key(const YAML::Mark& mark, const std::string& key)
    {
        open_.back().key = key;
        if (open_.back().keys.insert(key).second || (key == repeatable_ && !key.empty())) return;
        throw InputError{SourceLocation{file_, mark.line + 1, path()}, "is given twice"};
    }

    void take_value()
    {
        if (open_.empty()) return;
        open_.back().key_next = !open_.back().key_next;
        ++open_.back().index;
    }

    std::string path() const
    {
        std::string all = name_;
        for (const Open& each : open_) all = each.map ? joined(all, each.key) : joined(all, each.index);
        return all;
    }

    void open(const YAML::Mark& mark, YAML::anchor_t anchor, bool map)
    {
        count(mark, 1);
        if (open_.size() == kMostDepth)
            fail(mark, "has lists and maps within each other more than " + std::to_string(kMostDepth) + " deep");
        open_.push_back({anchor, nodes_ - 1, map, map});
    }

    void close()
    {
        remember(open_.back().anchor, nodes_ - open_.back().before);
        open_.pop_back();
        take_value();
    }

    std::string file_;
    std::string name_;
    std::string repeatable_;
    int documents_ = 0;
    std::size_t nodes_ = 0;
    std::vector<Open> open_;
    std::unordered_map<YAML::anchor_t, std::size_t> sizes_;
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

void check_yaml(const std::string& text, const std::string& file, const std::string& name,
                const std::string& repeatable)
{
    if (text.size() > kMostYamlBytes) {
        throw InputError{SourceLocation{file, 0, {}},
                         "is larger than " + std::to_string(kMostYamlBytes >> 20U) + " MiB"};
    }
    check_text(text, file);
    YamlCheck check{file, name, repeatable};
    std::istringstream in{text};
    in.imbue(std::locale::classic());
    try {
        YAML::Parser parser{in};
        while (parser.HandleNextDocument(check)) {}
    } catch (const YAML::Exception& error) {
        const bool placed = !error.mark.is_null();
        const std::string column = placed ? " at column " + std::to_string(error.mark.column + 1) : std::string{};
        throw InputError{SourceLocation{file, placed ? error.mark.line + 1 : 0, {}},
                         "not valid YAML: " + reason_of(error) + column};
    }
}

}  // namespace plumbline::io
