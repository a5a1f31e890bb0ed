// SPDX-License-Identifier: Apache-2.0
// A finding as tests expect it: how bad, which field, and a part of the text.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "plumbline/check.hpp"

namespace plumbline::test {

inline testing::Matcher<const Finding&> finding(Severity severity, const std::string& field, const std::string& part)
{
    return testing::AllOf(testing::Field(&Finding::severity, severity),
                          testing::Field(&Finding::where, testing::Field(&SourceLocation::field, field)),
                          testing::Field(&Finding::text, testing::HasSubstr(part)));
}
inline auto remark(const std::string& field, const std::string& part) { return finding(Severity::remark, field, part); }
inline auto suspicious(const std::string& field, const std::string& part)
{
    return finding(Severity::suspicious, field, part);
}
inline auto error(const std::string& field, const std::string& part) { return finding(Severity::error, field, part); }

}  // namespace plumbline::test
