// SPDX-License-Identifier: Apache-2.0
// Characters of a text one after the other, while counting lines: for parsers that do not say where they are.
#pragma once

#include <cstddef>
#include <iterator>

namespace plumbline::io {

class CountedLines {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    /// `line` counts from where it stands. It must outlive this.
    CountedLines(const char* at, int& line) : at_{at}, line_{&line} {}

    reference operator*() const { return *at_; }
    CountedLines& operator++()
    {
        *line_ += *at_ == '\n' ? 1 : 0;
        ++at_;
        return *this;
    }
    CountedLines operator++(int)
    {
        const CountedLines before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const CountedLines& a, const CountedLines& b) { return a.at_ == b.at_; }
    friend bool operator!=(const CountedLines& a, const CountedLines& b) { return a.at_ != b.at_; }

private:
    const char* at_;
    int* line_;
};

}  // namespace plumbline::io
