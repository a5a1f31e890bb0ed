// SPDX-License-Identifier: Apache-2.0
#include "fuzz/mutation.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

namespace plumbline::test {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 17U;

constexpr std::array<std::string_view, 34> kValues{"0",
                                                   "-1",
                                                   "1",
                                                   "2147483648",
                                                   "4294967296",
                                                   "9223372036854775807",
                                                   "9223372036854775808",
                                                   "1e3",
                                                   "0.5",
                                                   "-0",
                                                   "1e308",
                                                   "1e999",
                                                   "18446744073709551616",
                                                   "4611686018427387904",
                                                   "1e-300",
                                                   ".nan",
                                                   "NaN",
                                                   ".inf",
                                                   "0x10",
                                                   "010",
                                                   " 5",
                                                   "null",
                                                   "true",
                                                   "[]",
                                                   "{}",
                                                   "\"\"",
                                                   "\"text\"",
                                                   "[[]]",
                                                   "~",
                                                   "''",
                                                   "*a",
                                                   "&a 1",
                                                   "\"\\u0000\"",
                                                   "99999999999999999999999999"};

/// What a text in these formats is made of beside words.
constexpr std::array<std::string_view, 24> kTokens{
    "[",  "]", "{", "}",  ":",     ",",     "-",      "\"",       "'", "\n",      "  ",   "\t",
    "\r", "#", "*", "&a", "---\n", "...\n", "<<: *a", "!!binary", "|", "\x1b[2J", "\xff", "\xe2\x80\xae"};

class Mutation {
public:
    Mutation(std::string text, const std::vector<std::string>& seeds, std::mt19937_64& random)
        : text_{std::move(text)},
          seeds_{&seeds},
          random_{&random}
    {}

    std::string result() const { return text_; }

    void change()
    {
        switch (below(14)) {
            case 0: return flip_bit();
            case 1: return cut();
            case 2: return repeat_part();
            case 3: return insert(kTokens[below(kTokens.size())]);
            case 4: return text_.resize(below(text_.size() + 1));
            case 5: return swap_lines();
            case 6: return repeat_line();
            case 7: return drop_line();
            case 8: return nest();
            case 9: return splice();
            case 10: return replace_word(word_of(text_));
            case 11: return repeat_item();
            default: return replace_word(std::string{kValues[below(kValues.size())]});
        }
    }

private:
    /// Distributions of the library differ by platform.
    std::size_t below(std::size_t end) { return end == 0 ? 0 : (*random_)() % end; }

    void insert(std::string_view what) { text_.insert(below(text_.size() + 1), what); }

    void flip_bit()
    {
        if (text_.empty()) return;
        const unsigned bit = 1U << below(8);
        char& byte = text_[below(text_.size())];
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ bit);
    }

    std::pair<std::size_t, std::size_t> part()
    {
        const std::size_t begin = below(text_.size() + 1);
        return {begin, below(std::min<std::size_t>(200, text_.size() - begin) + 1)};
    }

    void cut()
    {
        const auto [begin, size] = part();
        text_.erase(begin, size);
    }

    /// Mostly a few times, now and then without end.
    std::size_t times() { return below(20) == 0 ? below(20000) : 1 + below(4); }

    void repeat(std::size_t at, const std::string& what)
    {
        std::string all;
        for (std::size_t i = times(); i > 0 && all.size() < kMostBytes; --i) all += what;
        text_.insert(at, all);
    }

    void repeat_part()
    {
        const auto [begin, size] = part();
        repeat(begin, text_.substr(begin, size));
    }

    /// Begin of a line, and its length with the end.
    std::pair<std::size_t, std::size_t> line()
    {
        const std::size_t at = below(text_.size() + 1);
        const std::size_t before = at == 0 ? std::string::npos : text_.rfind('\n', at - 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        const std::size_t end = std::min(text_.find('\n', begin), text_.size());
        return {begin, std::min(end + 1, text_.size()) - begin};
    }

    void swap_lines()
    {
        const auto [begin, size] = line();
        const std::string moved = text_.substr(begin, size);
        text_.erase(begin, size);
        text_.insert(line().first, moved);
    }

    void repeat_line()
    {
        const auto [begin, size] = line();
        repeat(begin, text_.substr(begin, size));
    }

    void drop_line()
    {
        const auto [begin, size] = line();
        text_.erase(begin, size);
    }

    /// Lists or maps within each other.
    void nest()
    {
        constexpr std::array<std::string_view, 5> kOpen{"[", "{\"a\":", "- ", "a: {", "? "};
        const std::size_t at = below(text_.size() + 1);
        repeat(at, std::string{kOpen[below(kOpen.size())]});
    }

    void splice()
    {
        const std::string& other = (*seeds_)[below(seeds_->size())];
        const std::size_t begin = below(other.size() + 1);
        text_.insert(below(text_.size() + 1), other.substr(begin, below(400)));
    }

    static bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.'; }

    std::pair<std::size_t, std::size_t> word(const std::string& text)
    {
        const auto from = text.begin() + static_cast<std::ptrdiff_t>(below(text.size() + 1));
        const auto begin = std::find_if(from, text.end(), is_word);
        const auto end = std::find_if_not(begin, text.end(), is_word);
        return {static_cast<std::size_t>(begin - text.begin()), static_cast<std::size_t>(end - begin)};
    }

    std::string word_of(const std::string& text)
    {
        const auto [begin, size] = word(text);
        return text.substr(begin, size);
    }

    void replace_word(const std::string& by)
    {
        const auto [begin, size] = word(text_);
        text_.replace(begin, size, by);
    }

    /// What stands between commas.
    void repeat_item()
    {
        const std::size_t begin = std::min(text_.find(',', below(text_.size() + 1)), text_.size());
        const std::size_t end = std::min(text_.find(',', begin + 1), text_.size());
        repeat(begin, text_.substr(begin, std::min<std::size_t>(end - begin, 400)));
    }

    std::string text_;
    const std::vector<std::string>* seeds_;
    std::mt19937_64* random_;
};

}  // namespace

std::string mutated(const std::vector<std::string>& seeds, std::mt19937_64& random)
{
    Mutation mutation{seeds[random() % seeds.size()], seeds, random};
    for (std::size_t changes = 1 + random() % 4; changes > 0; --changes) mutation.change();
    std::string result = mutation.result();
    result.resize(std::min(result.size(), kMostBytes));
    return result;
}

}  // namespace plumbline::test
