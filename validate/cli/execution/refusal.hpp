// SPDX-License-Identifier: Apache-2.0
// Is something wrong with a task, or with this moment?
//
// A task of many that cannot be done is a line in the report, and the others go on. Where memory is short or no process can be
// started, the same task may be done another time: that is no answer, and must not be stored as one.
#pragma once

#include <functional>
#include <optional>
#include <string>

namespace plumbline::cli {

/// What is wrong with the work, on one line; nothing where it is done.
/// \throws std::bad_alloc, std::system_error, MappingStoreError for what is wrong with this moment
std::optional<std::string> refusal_of(const std::function<void()>& work);

}  // namespace plumbline::cli
