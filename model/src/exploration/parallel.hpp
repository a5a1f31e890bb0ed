// SPDX-License-Identifier: Apache-2.0
// The same for every index, on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace plumbline::detail {

/// \param threads asked for; 0: one per core
inline std::size_t thread_count(int threads)
{
    return threads > 0 ? static_cast<std::size_t>(threads) : std::max(1U, std::thread::hardware_concurrency());
}

/// Calls `work(index)` for each index below `count`; the first exception is thrown again once all have ended.
template <class Work>
void for_each_index(std::size_t count, std::size_t threads, const Work& work)
{
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto run = [&] {
        try {
            for (std::size_t index = next++; index < count; index = next++) work(index);
        } catch (...) {
            next = count;
            const std::lock_guard lock{mutex};
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < std::min(threads, count); ++i) helpers.emplace_back(run);
    run();
    for (std::thread& helper : helpers) helper.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace plumbline::detail
