// SPDX-License-Identifier: Apache-2.0
// A text with one thing changed, for tests of what a reader refuses.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace plumbline::test {

/// The first `from` becomes `to`. \pre `text` contains `from`
inline std::string edited(std::string text, const std::string& from, const std::string& to)
{
    const std::size_t at = text.find(from);
    if (at == std::string::npos) {
        ADD_FAILURE() << "nothing to edit: " << from;
        return text;
    }
    return text.replace(at, from.size(), to);
}

}  // namespace plumbline::test
