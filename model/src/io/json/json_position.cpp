// SPDX-License-Identifier: Apache-2.0
#include "json/json_position.hpp"

#include <algorithm>

#include "field_path.hpp"

namespace plumbline::io {
namespace {

/// Walks through valid JSON without building values.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_{text} { skip_spaces(); }

    std::size_t offset() const { return at_; }

    /// Moves from the start of a value to the start of what `step` names in it; stays where there is no such thing.
    bool descend(const PathStep& step)
    {
        const std::size_t start = at_;
        const char opening = step.index ? '[' : '{';
        if (peek() == opening && (step.index ? to_element(*step.index) : to_member(step.key))) return true;
        at_ = start;
        return false;
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_spaces() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

    void next()
    {
        if (at_ < text_.size()) ++at_;
        skip_spaces();
    }

    /// From an opening quote to behind the closing one; what is between.
    std::string_view skip_string()
    {
        const std::size_t begin = ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        at_ = std::min(at_, text_.size());
        const std::string_view content = text_.substr(begin, at_ - begin);
        next();
        return content;
    }

    void skip_value()
    {
        int depth = 0;
        do {
            const char c = peek();
            if (c == '"') {
                skip_string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            if (depth > 0 || c == '}' || c == ']') {
                next();
            } else {
                at_ = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
                skip_spaces();
            }
        } while (depth > 0 && at_ < text_.size());
    }

    bool to_element(std::size_t index)
    {
        next();
        for (std::size_t i = 0; peek() != ']' && at_ < text_.size(); ++i) {
            if (i == index) return true;
            skip_value();
            if (peek() == ',') next();
        }
        return false;
    }

    bool to_member(std::string_view key)
    {
        next();
        while (peek() == '"') {
            const std::string_view name = skip_string();
            next();  // the colon
            if (name == key) return true;
            skip_value();
            if (peek() == ',') next();
        }
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

int line_at(std::string_view text, std::size_t offset)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

int line_of(std::string_view text, std::string_view path)
{
    Scanner scanner{text};
    for (const PathStep& step : steps_of(path)) {
        if (!scanner.descend(step)) break;
    }
    return line_at(text, scanner.offset());
}

}  // namespace plumbline::io
