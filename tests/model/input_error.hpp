// SPDX-License-Identifier: Apache-2.0
// Expects an InputError at one place, saying one thing.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "plumbline/error.hpp"

namespace plumbline::test {

template <class Action>
void expect_input_error(Action action, const SourceLocation& where, const std::string& part)
{
    try {
        action();
    } catch (const InputError& error) {
        EXPECT_EQ(error.where().file, where.file) << error.what();
        EXPECT_EQ(error.where().line, where.line) << error.what();
        EXPECT_EQ(error.where().field, where.field) << error.what();
        EXPECT_THAT(error.problem(), ::testing::HasSubstr(part));
        return;
    }
    ADD_FAILURE() << "no InputError for " << where.field;
}

/// For values built in memory.
template <class Action>
void expect_input_error(Action action, const std::string& field, const std::string& part)
{
    expect_input_error(action, SourceLocation{{}, 0, field}, part);
}

}  // namespace plumbline::test
