// SPDX-License-Identifier: Apache-2.0
// What every function of the C interface does around its work: checks arguments, and turns exceptions into a status.
//
// A function of plumbline.h hands its work to `call`, or to `create` where it makes a handle. Inside, everything throws as
// it does elsewhere; outside, there are a status and the session's error text.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "handles.hpp"

namespace plumbline::c {

/// The status that belongs to the exception in flight; its text goes to the session.
plumbline_status status_of_exception(plumbline_session& session) noexcept;

/// Ends a call with PLUMBLINE_INFEASIBLE.
struct InfeasibleCall {
    std::string reason;
};

template <class Value>
Value feasible(Outcome<Value> outcome)
{
    if (!outcome) throw InfeasibleCall{outcome.reason()};
    return std::move(*outcome);
}

/// What a pointer points to. \throws InputError of `argument` where it is null
template <class Value>
Value& given(Value* pointer, const char* argument)
{
    if (pointer == nullptr) throw InputError(argument, "is null, expected a value");
    return *pointer;
}

inline std::string given_text(const char* text, const char* argument) { return &given(text, argument); }

/// \throws InputError where there is none of that name
Estimator given_estimator(const char* name);

template <class Work>
plumbline_status call(plumbline_session* session, Work work) noexcept
{
    if (session == nullptr) return PLUMBLINE_BAD_INPUT;
    try {
        session->error.clear();
        work();
        return PLUMBLINE_OK;
    } catch (...) {
        return status_of_exception(*session);
    }
}

/// Hands out what `make` returns as a new handle.
template <class Handle, class Make>
plumbline_status create(plumbline_session* session, Handle** result, Make make) noexcept
{
    if (result != nullptr) *result = nullptr;
    return call(session, [&] {
        Handle*& handle = given(result, "result");
        handle = std::make_unique<Handle>(make()).release();
    });
}

}  // namespace plumbline::c
