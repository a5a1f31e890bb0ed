// SPDX-License-Identifier: Apache-2.0
#include "yaml/equation.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

#include "yaml/loop_dim_name.hpp"

namespace plumbline::io {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// Reads a text from left to right, past spaces.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_{text} {}

    bool take(char expected)
    {
        skip_spaces();
        if (rest_.empty() || rest_.front() != expected) return false;
        rest_.remove_prefix(1);
        return true;
    }

    std::string word()
    {
        skip_spaces();
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_word);
        std::string found{rest_.begin(), end};
        rest_.remove_prefix(found.size());
        return found;
    }

    bool done()
    {
        skip_spaces();
        return rest_.empty();
    }

    /// "expected X before '…'".
    Infeasible expected(const std::string& what)
    {
        skip_spaces();
        return {"expected " + what + (rest_.empty() ? " at the end" : " before '" + std::string{rest_} + '\'')};
    }

private:
    void skip_spaces()
    {
        while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    }

    std::string_view rest_;
};

/// `W[k][c]`; `W[]` has no indices.
Outcome<Term> parse_term(Cursor& cursor)
{
    Term term{cursor.word(), {}};
    if (term.name.empty()) return cursor.expected("an operand");
    if (!cursor.take('[')) return cursor.expected("'['");
    do {
        const std::string index = cursor.word();
        if (!cursor.take(']')) return cursor.expected("']'");
        if (!index.empty()) term.indices.push_back(index);
    } while (cursor.take('['));
    return term;
}

struct Summand {
    std::int64_t factor = 1;
    LoopDim dim = LoopDim::b;
};

std::optional<std::int64_t> positive(const std::string& digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size() || value < 1) return std::nullopt;
    return value;
}

/// `2*ox` or `ox`.
Outcome<Summand> parse_summand(Cursor& cursor)
{
    Summand summand;
    std::string word = cursor.word();
    if (cursor.take('*')) {
        const auto factor = positive(word);
        if (!factor) return Infeasible{'\'' + word + "' is no factor, expected a positive integer"};
        summand.factor = *factor;
        word = cursor.word();
    }
    const auto dim = written_loop_dim(word);
    if (!dim) return Infeasible{'\'' + word + "' is no loop dimension, expected b, g, k, c, oy, ox, fy or fx"};
    summand.dim = *dim;
    return summand;
}

bool is_map_position(LoopDim dim) { return dim == LoopDim::ox || dim == LoopDim::oy; }

}  // namespace

Outcome<Equation> parse_equation(std::string_view text)
{
    Cursor cursor{text};
    Equation equation;
    auto output = parse_term(cursor);
    if (!output) return Infeasible{output.reason()};
    equation.output = *output;
    while (cursor.take('+')) {}
    if (!cursor.take('=')) return cursor.expected("'=' or '+='");
    auto first = parse_term(cursor);
    if (!first) return Infeasible{first.reason()};
    equation.inputs.push_back(*first);
    if (cursor.done()) return equation;
    const bool sum = cursor.take('+');
    if (!sum && !cursor.take('*')) return cursor.expected("'*' or '+'");
    equation.combination = sum ? Combination::sum : Combination::product;
    auto second = parse_term(cursor);
    if (!second) return Infeasible{second.reason()};
    equation.inputs.push_back(*second);
    if (!cursor.done()) return cursor.expected("no more than two inputs");
    return equation;
}

Outcome<SlidingAxis> parse_relation(std::string_view text)
{
    Cursor cursor{text};
    const std::string name = cursor.word();
    if (name.empty()) return cursor.expected("a dimension");
    if (written_loop_dim(name)) return Infeasible{'\'' + name + "' is itself a loop dimension, expected another name"};
    if (!cursor.take('=')) return cursor.expected("'='");
    auto first = parse_summand(cursor);
    if (!first) return Infeasible{first.reason()};
    if (!cursor.take('+')) return cursor.expected("'+'");
    auto second = parse_summand(cursor);
    if (!second) return Infeasible{second.reason()};
    if (!cursor.done()) return cursor.expected("no more than two terms");
    Summand position = *first;
    Summand window = *second;
    if (is_map_position(window.dim) && !is_map_position(position.dim)) std::swap(position, window);
    return SlidingAxis{upper(name), position.dim, position.factor, window.dim, window.factor};
}

Outcome<Operand> operand_of(const Term& term, const std::vector<SlidingAxis>& relations)
{
    Operand operand;
    operand.name = term.name;
    for (const std::string& index : term.indices) {
        if (const auto dim = written_loop_dim(index)) {
            if (operand.relevant.contains(*dim)) return Infeasible{term.name + " has index '" + index + "' twice"};
            operand.relevant.insert(*dim);
            continue;
        }
        const auto axis = std::find_if(relations.begin(), relations.end(),
                                       [&](const SlidingAxis& each) { return each.name == upper(index); });
        if (axis == relations.end()) {
            return Infeasible{"index '" + index + "' of " + term.name +
                              " is neither a loop dimension nor made by one of the dimension relations"};
        }
        operand.sliding.push_back(*axis);
    }
    return operand;
}

std::string axis_name(const std::string& index) { return upper(index); }

bool is_weight(const Term& term, const Equation& equation)
{
    return equation.combination == Combination::product && term.name == "W";
}

}  // namespace plumbline::io
