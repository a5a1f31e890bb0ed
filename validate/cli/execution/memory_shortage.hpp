// SPDX-License-Identifier: Apache-2.0
// Was there too little memory for something? Whoever meets std::bad_alloc may turn it into another error, as SystemC does, or
// into a result; what failed for lack of memory is neither an answer nor a fault of the input.
//
//     watch_memory();
//     simulate(…);
//     if (memory_was_short()) …
#pragma once

#include <string_view>

namespace plumbline::cli {

/// From now on, allocations that fail are noticed. Forgets those noticed before.
void watch_memory();

/// Whether an allocation has failed since.
bool memory_was_short() noexcept;

/// Whether the text of an exception says so: that of std::bad_alloc inside of others, or of SystemC without room for a stack.
bool says_memory_is_short(std::string_view what);

}  // namespace plumbline::cli
