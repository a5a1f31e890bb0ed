// SPDX-License-Identifier: Apache-2.0
// Where in a file is what an importer refuses? Errors of the builder name a field alone.
#pragma once

#include <string>

#include "plumbline/error.hpp"

namespace plumbline::validate {

/// Calls `action()`; an InputError without a file is thrown on as one of this file and line. \param line 0: none
template <class Action>
void at(const std::string& path, int line, Action action)
{
    try {
        action();
    } catch (const InputError& error) {
        if (!error.where().file.empty()) throw;
        throw InputError{SourceLocation{path, line, error.where().field}, error.problem()};
    }
}

}  // namespace plumbline::validate
