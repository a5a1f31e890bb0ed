// SPDX-License-Identifier: Apache-2.0
// How Plumbline says no.
//
// Bad input throws InputError, which names file, line and field. An infeasible question is an answer, not an error: an
// Outcome holds either the value or the reason why there is none. A broken precondition is an assert.
#pragma once

#include <cassert>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#pragma GCC visibility push(default)
namespace plumbline {

/// Where in an input a value stands. `line` counts from 1; 0 means that the input has no lines (or it is unknown).
struct SourceLocation {
    std::string file;   ///< as given by the caller; empty for values built in memory
    int line = 0;       ///< counts from 1; 0 where it is not known
    std::string field;  ///< path of the value, such as "layers[0].loop_sizes"; may be empty
};

/// Input that cannot be used. `what()` reads `file:line: path.to.field: what is wrong and what was expected`, in one line that
/// is safe to show (plumbline/printable.hpp) and no longer than a screen.
class InputError : public std::runtime_error {
public:
    /// For values that were read from a file.
    InputError(SourceLocation where, const std::string& problem);
    /// For values built in memory, where a field is all there is to name.
    InputError(std::string field, const std::string& problem);

    /// Where the value stands.
    const SourceLocation& where() const noexcept { return where_; }
    /// What is wrong, without the location: a reader that knows more of it throws again with both.
    const std::string& problem() const noexcept { return problem_; }

private:
    SourceLocation where_;
    std::string problem_;
};

/// Why a well-formed question has no answer, with the sizes that collide.
struct Infeasible {
    std::string reason;  ///< a sentence without a full stop, which names both sizes
};

/// A value, or the reason why there is none.
template <class Value>
class Outcome {
public:
    /// Holds a value.
    Outcome(Value value) : state_{std::move(value)} {}
    /// Holds a reason.
    Outcome(Infeasible infeasible) : state_{std::move(infeasible)} {}

    /// Whether there is a value.
    bool feasible() const { return std::holds_alternative<Value>(state_); }
    /// Whether there is a value.
    explicit operator bool() const { return feasible(); }

    /// The value. \pre feasible()
    const Value& operator*() const
    {
        assert(feasible());
        return std::get<Value>(state_);
    }
    /// The value. \pre feasible()
    Value& operator*()
    {
        assert(feasible());
        return std::get<Value>(state_);
    }
    /// The value. \pre feasible()
    const Value* operator->() const { return &**this; }

    /// Why there is no value. \pre !feasible()
    const std::string& reason() const
    {
        assert(!feasible());
        return std::get<Infeasible>(state_).reason;
    }

private:
    std::variant<Value, Infeasible> state_;
};

}  // namespace plumbline
#pragma GCC visibility pop
