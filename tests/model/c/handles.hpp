// SPDX-License-Identifier: Apache-2.0
// Handles of the C interface that destroy themselves, and a session that fails the test with its error text.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "plumbline.h"

#include "test_data.hpp"

namespace plumbline::test {

struct Destroy {
    void operator()(plumbline_session* handle) const { plumbline_session_destroy(handle); }
    void operator()(plumbline_accelerator* handle) const { plumbline_accelerator_destroy(handle); }
    void operator()(plumbline_workload* handle) const { plumbline_workload_destroy(handle); }
    void operator()(plumbline_mapping* handle) const { plumbline_mapping_destroy(handle); }
    void operator()(plumbline_profile* handle) const { plumbline_profile_destroy(handle); }
    void operator()(plumbline_options* handle) const { plumbline_options_destroy(handle); }
    void operator()(plumbline_schedule* handle) const { plumbline_schedule_destroy(handle); }
    void operator()(plumbline_cost* handle) const { plumbline_cost_destroy(handle); }
    void operator()(plumbline_rates* handle) const { plumbline_rates_destroy(handle); }
    void operator()(plumbline_prepared* handle) const { plumbline_prepared_destroy(handle); }
};
template <class Type>
using Handle = std::unique_ptr<Type, Destroy>;

/// One that knows the descriptions of the source tree.
inline Handle<plumbline_session> session()
{
    Handle<plumbline_session> session{plumbline_session_create()};
    EXPECT_EQ(plumbline_session_set_data_folder(session.get(), kPlatformsFolder), PLUMBLINE_OK);
    return session;
}

/// What a function of the interface makes of its arguments; fails the test where it refuses.
template <class Type, class... Parameters, class... Arguments>
Handle<Type> made(plumbline_status (*function)(plumbline_session*, Parameters...), plumbline_session* session,
                  Arguments... arguments)
{
    Type* handle = nullptr;
    EXPECT_EQ(function(session, arguments..., &handle), PLUMBLINE_OK) << plumbline_session_error(session);
    return Handle<Type>{handle};
}

}  // namespace plumbline::test
