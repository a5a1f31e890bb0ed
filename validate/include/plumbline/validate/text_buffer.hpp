// SPDX-License-Identifier: Apache-2.0
// Text that grows faster than memory should: gathered in a buffer, handed on in large pieces.
//
// Writers of traces put millions of numbers into it; whoever made the buffer decides where the pieces go.
//
//     std::string text;
//     TextBuffer buffer{[&](std::string_view piece) { text += piece; }};
//     buffer << "bits " << 1234 << "\n";
//     buffer.flush();
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Is handed the pieces of a text, in order.
using TextSink = std::function<void(std::string_view)>;

/// Gathers text and hands it on in large pieces.
class TextBuffer {
public:
    /// Hands on to `sink`; what is left is lost unless flush() is called.
    explicit TextBuffer(TextSink sink);

    /// Appends the text.
    TextBuffer& operator<<(std::string_view text)
    {
        if (text.size() > kCapacity - size_) return add_beyond(text);
        text.copy(text_.data() + size_, text.size());
        size_ += text.size();
        return *this;
    }
    /// Appends the number in decimal digits.
    TextBuffer& operator<<(std::int64_t number);
    TextBuffer& operator<<(char) = delete;  ///< would be taken for a number
    /// A number of thousandths as a decimal: 1500 is "1.5", 2000 is "2". \pre not negative
    TextBuffer& add_thousandths(std::int64_t number);

    /// Hands on what has been gathered.
    void flush();

private:
    /// Large enough that handing on costs little, small enough to stay in a cache.
    static constexpr std::size_t kCapacity = std::size_t{1} << 17U;

    TextBuffer& add_beyond(std::string_view text);

    TextSink sink_;
    std::string text_;
    std::size_t size_ = 0;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
