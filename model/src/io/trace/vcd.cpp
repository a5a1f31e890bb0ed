// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/vcd.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "limits.hpp"
#include "plumbline/error.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

/// Bits as a number; nothing where one is unknown or floating, or there are more than 64.
std::optional<std::uint64_t> number_of(std::string_view bits)
{
    std::uint64_t number = 0;
    const auto read = std::from_chars(bits.data(), bits.data() + bits.size(), number, 2);
    if (read.ec != std::errc{} || read.ptr != bits.data() + bits.size()) return std::nullopt;
    return number;
}

/// Picoseconds of "1ns", "10us", …; nothing for what is none.
std::optional<double> timescale_of(const std::string& text)
{
    int count = 0;
    const auto [unit, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || (count != 1 && count != 10 && count != 100)) return std::nullopt;
    const std::string_view name = std::string_view{text}.substr(static_cast<std::size_t>(unit - text.data()));
    const std::pair<std::string_view, double> units[] = {{"s", 1e12}, {"ms", 1e9}, {"us", 1e6},
                                                         {"ns", 1e3}, {"ps", 1},   {"fs", 1e-3}};
    for (const auto& [known, picoseconds] : units) {
        if (name == known) return count * picoseconds;
    }
    return std::nullopt;
}

class VcdReader {
public:
    VcdReader(std::string path, const std::vector<VcdQuery>& queries)
        : path_{std::move(path)},
          text_{read_text(path_)},
          states_(queries.size())
    {
        for (std::size_t i = 0; i < queries.size(); ++i) queries_[queries[i].signal].push_back(i);
        for (const VcdQuery& query : queries) values_.push_back(static_cast<std::uint64_t>(query.value));
    }

    VcdTimes measured()
    {
        for (std::string_view word = next(); !word.empty(); word = next()) take(word);
        if (!defined_) fail("ends before $enddefinitions");
        advance(time_);
        VcdTimes times;
        for (const State& state : states_) times.active_ps.push_back(static_cast<double>(state.active) * scale_);
        if (first_time_) times.duration_ps = static_cast<double>(time_ - *first_time_) * scale_;
        return times;
    }

private:
    struct State {
        std::int64_t active = 0;
        std::optional<std::int64_t> since;
    };

    [[noreturn]] void fail(const std::string& problem) const
    {
        throw InputError{SourceLocation{path_, line_, {}}, problem};
    }

    /// Empty at the end.
    std::string_view next()
    {
        while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) {
            if (text_[at_++] == '\n') ++line_;
        }
        const std::size_t begin = at_;
        at_ = std::min(text_.find_first_of(kSpace, at_), text_.size());
        return std::string_view{text_}.substr(begin, at_ - begin);
    }

    /// Words up to $end.
    std::vector<std::string> section()
    {
        std::vector<std::string> words;
        const int begin = line_;
        for (std::string_view word = next(); word != "$end"; word = next()) {
            if (word.empty()) {
                line_ = begin;
                fail("a section without $end");
            }
            words.emplace_back(word);
        }
        return words;
    }

    void take(std::string_view word)
    {
        switch (word.front()) {
            case '$': return keyword(word);
            case '#': return time(word.substr(1));
            case 'b':
            case 'B': return change(word.substr(1), next());
            case 'r':
            case 'R': next(); return;
            case '0':
            case '1':
            case 'x':
            case 'X':
            case 'z':
            case 'Z': return change(word.substr(0, 1), word.substr(1));
            default: fail("'" + std::string{word} + "' is neither a time nor a value nor a keyword");
        }
    }

    void keyword(std::string_view word)
    {
        if (word == "$scope") {
            const auto words = section();
            if (words.size() != 2) fail("$scope expects a kind and a name");
            if (scopes_.size() == kMostScopes)
                fail("has more than " + std::to_string(kMostScopes) + " scopes within each other");
            scopes_.push_back(words[1]);
        } else if (word == "$upscope") {
            section();
            if (scopes_.empty()) fail("$upscope without $scope");
            scopes_.pop_back();
        } else if (word == "$var") {
            declare(section());
        } else if (word == "$timescale") {
            std::string text;
            for (const std::string& part : section()) text += part;
            const auto scale = timescale_of(text);
            if (!scale) fail("'" + text + "' is no timescale, expected 1, 10 or 100 of s, ms, us, ns, ps or fs");
            scale_ = *scale;
        } else if (word == "$enddefinitions") {
            section();
            end_definitions();
        } else if (word == "$comment" || word == "$date" || word == "$version") {
            section();
        }  // $dumpvars and the like frame values, which count
    }

    void declare(const std::vector<std::string>& words)
    {
        if (words.size() < 4) fail("$var expects a type, a size, a code and a name");
        std::string name;
        for (const std::string& scope : scopes_) name += scope + '.';
        name += words[3].substr(0, words[3].find('[', 1));
        codes_.insert(words[2]);
        const auto asked = queries_.find(name);
        if (asked == queries_.end()) return;
        std::vector<std::size_t>& wanted = wanted_[words[2]];
        for (std::size_t query : asked->second)
            if (std::find(wanted.begin(), wanted.end(), query) == wanted.end()) wanted.push_back(query);
        found_.insert(name);
    }

    void end_definitions()
    {
        defined_ = true;
        if (scale_ == 0) fail("$timescale is missing");
        for (const auto& [signal, queries] : queries_) {
            if (found_.count(signal) == 0) fail("no signal is called '" + signal + "'");
        }
    }

    void time(std::string_view digits)
    {
        if (!defined_) fail("a time before $enddefinitions");
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc{} || end != digits.data() + digits.size()) {
            fail("'#" + std::string{digits} + "' is no time");
        }
        if (value < 0) fail("the time is negative: " + std::to_string(value));
        if (first_time_ && value < time_) fail("the time goes back from " + std::to_string(time_));
        if (!first_time_) first_time_ = value;
        time_ = value;
    }

    void change(std::string_view bits, std::string_view code)
    {
        if (!defined_) fail("a value before $enddefinitions");
        if (codes_.count(std::string{code}) == 0) fail("nothing is declared as '" + std::string{code} + "'");
        const auto wanted = wanted_.find(std::string{code});
        if (wanted == wanted_.end()) return;
        const auto number = number_of(bits);
        for (std::size_t query : wanted->second) {
            const bool active = number && *number == values_[query];
            State& state = states_[query];
            if (state.since) state.active += time_ - *state.since;
            state.since = active ? std::optional<std::int64_t>{time_} : std::nullopt;
        }
    }

    void advance(std::int64_t end)
    {
        for (State& state : states_) {
            if (state.since) state.active += end - *state.since;
            state.since.reset();
        }
    }

    std::string path_;
    std::string text_;
    std::map<std::string, std::vector<std::size_t>> queries_;  ///< by signal
    std::vector<std::uint64_t> values_;                        ///< per query
    std::vector<State> states_;                                ///< per query
    std::size_t at_ = 0;
    int line_ = 1;
    double scale_ = 0;
    bool defined_ = false;
    std::vector<std::string> scopes_;
    std::unordered_set<std::string> codes_;
    std::unordered_map<std::string, std::vector<std::size_t>> wanted_;
    std::unordered_set<std::string> found_;
    std::optional<std::int64_t> first_time_;
    std::int64_t time_ = 0;
};

}  // namespace

VcdTimes measure_signals(const std::string& path, const std::vector<VcdQuery>& queries)
{
    return VcdReader{path, queries}.measured();
}

}  // namespace plumbline::io
