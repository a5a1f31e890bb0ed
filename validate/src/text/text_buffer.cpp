// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/text_buffer.hpp"

#include <cassert>
#include <charconv>
#include <utility>

namespace plumbline::validate {
namespace {

constexpr std::size_t kLongestNumber = 24;

}  // namespace

TextBuffer::TextBuffer(TextSink sink) : sink_{std::move(sink)}, text_(kCapacity, '\0') {}

TextBuffer& TextBuffer::add_beyond(std::string_view text)
{
    flush();
    if (text.size() <= kCapacity) return *this << text;
    sink_(text);
    return *this;
}

TextBuffer& TextBuffer::operator<<(std::int64_t number)
{
    if (kLongestNumber > kCapacity - size_) flush();
    char* const begin = text_.data() + size_;
    size_ += static_cast<std::size_t>(std::to_chars(begin, begin + kLongestNumber, number).ptr - begin);
    return *this;
}

TextBuffer& TextBuffer::add_thousandths(std::int64_t number)
{
    assert(number >= 0);
    *this << number / 1000;
    auto rest = static_cast<int>(number % 1000);
    if (rest == 0) return *this;
    char digits[4] = {'.', '0', '0', '0'};
    std::size_t length = 0;
    for (std::size_t i = 3; i > 0; --i, rest /= 10) {
        digits[i] = static_cast<char>('0' + rest % 10);
        if (length == 0 && rest % 10 != 0) length = i + 1;
    }
    return *this << std::string_view{digits, length};
}

void TextBuffer::flush()
{
    if (size_ > 0) sink_({text_.data(), size_});
    size_ = 0;
}

}  // namespace plumbline::validate
