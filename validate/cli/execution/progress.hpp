// SPDX-License-Identifier: Apache-2.0
// Says on a terminal what a command is busy with, how fast and how long still, once that takes longer than two seconds;
// erased when done.
//
//     Progress progress{context, "simulating", "tile"};
//     options.progress = [&](auto done, auto all) { progress.update(done, all); };
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "execution/context.hpp"

namespace plumbline::cli {

/// "exploring, 12 s, point 40 of 108, 3.3 a second, 21 s left"; without counts where `all` is 0.
std::string progress_line(const std::string& task, const std::string& unit, std::int64_t done, std::int64_t all,
                          double seconds);

class Progress {
public:
    /// Silent unless someone watches a terminal.
    /// \param unit what update() counts
    Progress(const Context& context, std::string task, std::string unit = {});
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::int64_t done, std::int64_t all);

private:
    void show_until_finished();

    std::ostream& err_;
    std::string task_;
    std::string unit_;
    std::atomic<std::int64_t> done_ = 0;
    std::atomic<std::int64_t> all_ = 0;
    bool finished_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

}  // namespace plumbline::cli
