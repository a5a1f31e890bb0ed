// SPDX-License-Identifier: Apache-2.0
#include "execution/memory_shortage.hpp"

#include <atomic>
#include <new>

namespace plumbline::cli {
namespace {

// What `operator new` calls knows nothing but itself.
std::atomic<bool> allocation_failed{false};

void on_failed_allocation()
{
    allocation_failed = true;
    throw std::bad_alloc{};
}

}  // namespace

void watch_memory()
{
    allocation_failed = false;
    std::set_new_handler(on_failed_allocation);
}

bool memory_was_short() noexcept { return allocation_failed; }

bool says_memory_is_short(std::string_view what)
{
    const auto says = [what](std::string_view text) { return what.find(text) != std::string_view::npos; };
    return says("bad_alloc") || says("length_error") || says("failed to allocate");
}

}  // namespace plumbline::cli
