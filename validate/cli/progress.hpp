// SPDX-License-Identifier: Apache-2.0
// Says on a terminal what a command is busy with, once that takes longer than two seconds; erased when done.
//
//     Progress progress{context, "simulating"};
//     options.progress = [&](auto done, auto all) { progress.update(done, all); };
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "context.hpp"

namespace plumbline::cli {

class Progress {
public:
    /// Silent unless someone watches a terminal.
    Progress(const Context& context, std::string task);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::int64_t done, std::int64_t all);

private:
    void show_until_finished();

    std::ostream& err_;
    std::string task_;
    std::atomic<std::int64_t> done_ = 0;
    std::atomic<std::int64_t> all_ = 0;
    bool finished_ = false;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::thread thread_;
};

}  // namespace plumbline::cli
