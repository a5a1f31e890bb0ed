// SPDX-License-Identifier: Apache-2.0
// May something be called so? Names reach terminals, traces, pages and the machine; those with control characters or bytes that
// are not UTF-8 would do harm in each of them, and nobody means them.
#pragma once

#include <string>

#include "plumbline/error.hpp"
#include "plumbline/printable.hpp"

namespace plumbline {

/// \throws InputError where a name is empty or cannot be shown as it is. \param what "a name for the layer"
inline void check_name(const std::string& name, const std::string& field, const std::string& what)
{
    if (name.empty()) throw InputError{field, "is empty, expected " + what};
    const std::string shown = printable(name);
    if (shown == name) return;
    throw InputError{field, "is '" + shown + "', expected " + what + " without control characters"};
}

}  // namespace plumbline
