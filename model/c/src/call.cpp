// SPDX-License-Identifier: Apache-2.0
#include "call.hpp"

#include <exception>
#include <new>

namespace plumbline::c {
namespace {

/// Text that memory does not suffice for is left out; the status says enough.
plumbline_status failed(plumbline_session& session, plumbline_status status, const char* text) noexcept
{
    try {
        session.error = text;
    } catch (const std::bad_alloc&) {
        session.error.clear();
    }
    return status;
}

}  // namespace

Estimator given_estimator(const char* name)
{
    const std::string asked = given_text(name, "estimator");
    const std::optional<Estimator> formulas = estimator_named(asked);
    if (!formulas) throw InputError("estimator", "'" + asked + "' is unknown, expected uniform or refined");
    return *formulas;
}

plumbline_status status_of_exception(plumbline_session& session) noexcept
{
    try {
        throw;
    } catch (const InputError& error) {
        return failed(session, PLUMBLINE_BAD_INPUT, error.what());
    } catch (const InfeasibleCall& infeasible) {
        return failed(session, PLUMBLINE_INFEASIBLE, infeasible.reason.c_str());
    } catch (const std::bad_alloc&) {
        return failed(session, PLUMBLINE_OUT_OF_MEMORY, "memory is exhausted");
    } catch (const std::exception& error) {
        return failed(session, PLUMBLINE_FAILED, error.what());
    } catch (...) {
        return failed(session, PLUMBLINE_FAILED, "an unknown exception");
    }
}

}  // namespace plumbline::c
