// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/json_text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <unordered_set>

#include "counted_lines.hpp"
#include "field_path.hpp"
#include "json/json_position.hpp"
#include "limits.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

using ParsedJson = nlohmann::json;

/// Hears of each value while a text is parsed, and keeps none.
class JsonCheck : public ParsedJson::json_sax_t {
public:
    /// `line` counts while the text is read.
    JsonCheck(const SourceLocation& where, std::string_view text, const int& line)
        : where_{where},
          text_{text},
          line_{&line}
    {}

    const std::vector<int>& item_lines() const { return item_lines_; }

    bool null() override { return value(); }
    bool boolean(bool /*value*/) override { return value(); }
    bool number_integer(number_integer_t /*value*/) override { return value(); }
    bool number_unsigned(number_unsigned_t /*value*/) override { return value(); }
    bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return value(); }
    bool string(string_t& /*value*/) override { return value(); }
    bool binary(binary_t& /*value*/) override { return value(); }
    bool start_object(std::size_t /*size*/) override { return open(false); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t /*size*/) override { return open(true); }
    bool end_array() override { return close(); }

    bool key(string_t& key) override
    {
        Open& object = open_.back();
        object.key = key;
        if (object.keys.insert(key).second) return true;
        throw InputError{SourceLocation{where_.file, *line_, path()}, "is given twice"};
    }

    bool parse_error(std::size_t position, const std::string& /*token*/, const ParsedJson::exception& error) override
    {
        const bool too_large = dynamic_cast<const ParsedJson::out_of_range*>(&error) != nullptr;
        fail("not valid JSON: " + (too_large ? large() : unexpected(position)));
    }

private:
    /// A list or object whose end has not come.
    struct Open {
        bool list = false;
        std::size_t index = 0;  ///< of a list, behind the last element that has begun
        std::string key{};      ///< of an object, the last one
        std::unordered_set<std::string> keys{};
    };

    [[noreturn]] void fail(const std::string& problem) const
    {
        throw InputError{SourceLocation{where_.file, *line_, {}}, problem};
    }

    static std::string large() { return "a number beyond the largest that there is, 1.8e308"; }

    /// The parser has read what it did not expect.
    std::string unexpected(std::size_t position) const
    {
        if (position > text_.size()) return "it ends too early";
        const std::size_t at = std::max<std::size_t>(position, 1) - 1;
        const std::size_t begin = text_.rfind('\n', at == 0 ? 0 : at - 1);
        const std::size_t column = at - (begin == std::string_view::npos || at == 0 ? 0 : begin + 1) + 1;
        return "unexpected '" + std::string{text_.substr(at, 1)} + "' at column " + std::to_string(column);
    }

    bool value()
    {
        if (open_.size() == 1 && open_.front().list) item_lines_.push_back(*line_);
        if (!open_.empty()) ++open_.back().index;
        return true;
    }

    std::string path() const
    {
        std::string all;
        for (const Open& each : open_) all = each.list ? joined(all, each.index - 1) : joined(all, each.key);
        return all;
    }

    bool open(bool list)
    {
        value();
        if (open_.size() == kMostDepth) {
            fail("has lists and objects within each other more than " + std::to_string(kMostDepth) + " deep");
        }
        open_.push_back({list});
        return true;
    }

    bool close()
    {
        open_.pop_back();
        return true;
    }

    SourceLocation where_;
    std::string_view text_;
    const int* line_;
    std::vector<Open> open_;
    std::vector<int> item_lines_;
};

}  // namespace

std::vector<int> check_json(std::string_view text, const SourceLocation& where)
{
    check_text(text, where.file, where.line);
    int line = where.line;
    JsonCheck check{where, text, line};
    ParsedJson::sax_parse(CountedLines{text.data(), line}, CountedLines{text.data() + text.size(), line}, &check);
    return check.item_lines();
}

}  // namespace plumbline::io
