// SPDX-License-Identifier: Apache-2.0
#include "execution/worker_processes.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <exception>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

constexpr char kAnswer = 'a';
constexpr char kProblem = 'p';

void write_all(int file, const std::string& text)
{
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(file, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        done += static_cast<std::size_t>(written);
    }
}

/// Of the worker: nothing of the process that it was copied from may run to its end.
[[noreturn]] void answer(int file, const std::function<std::string(std::size_t)>& work, std::size_t task)
{
    std::string text;
    try {
        text = kAnswer + work(task);
    } catch (const std::exception& error) {
        text = kProblem + std::string{error.what()};
    }
    write_all(file, text);
    ::_exit(0);
}

struct Worker {
    std::size_t task = 0;
    pid_t process = 0;
    int file = -1;
    std::string said;
};

/// Stops those that are still under way.
class Workers {
public:
    Workers() = default;
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers()
    {
        for (const Worker& worker : all_) {
            ::kill(worker.process, SIGKILL);
            close(worker);
        }
    }

    std::size_t size() const { return all_.size(); }

    void begin(std::size_t task, const std::function<std::string(std::size_t)>& work)
    {
        int ends[2];
        if (::pipe(ends) != 0) throw InputError{"processes", "cannot open a pipe to a worker"};
        const pid_t process = ::fork();
        if (process == 0) {
            ::close(ends[0]);
            answer(ends[1], work, task);
        }
        ::close(ends[1]);
        if (process < 0) {
            ::close(ends[0]);
            throw InputError{"processes", "cannot start a worker"};
        }
        all_.push_back({task, process, ends[0], {}});
    }

    /// Waits until one has ended, and takes it out.
    Worker await_one()
    {
        while (true) {
            std::vector<pollfd> files;
            for (const Worker& worker : all_) files.push_back({worker.file, POLLIN, 0});
            if (::poll(files.data(), files.size(), -1) < 0) continue;
            for (std::size_t i = 0; i < files.size(); ++i) {
                if (files[i].revents == 0 || hears(all_[i])) continue;
                Worker ended = std::move(all_[i]);
                all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i));
                close(ended);
                return ended;
            }
        }
    }

private:
    /// Whether there may be more.
    static bool hears(Worker& worker)
    {
        char text[4096];
        const ssize_t count = ::read(worker.file, text, sizeof text);
        if (count < 0) return errno == EINTR;
        worker.said.append(text, static_cast<std::size_t>(count));
        return count > 0;
    }

    static void close(const Worker& worker)
    {
        ::close(worker.file);
        while (::waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) {}
    }

    std::vector<Worker> all_;
};

std::string answer_of(const Worker& worker)
{
    if (worker.said.empty())
        throw InputError{"processes", "the worker of task " + std::to_string(worker.task) + " ended without an answer"};
    if (worker.said.front() == kProblem) throw InputError{"worker", worker.said.substr(1)};
    return worker.said.substr(1);
}

}  // namespace

void run_in_processes(std::size_t tasks, int processes, const std::function<std::string(std::size_t)>& work,
                      const std::function<void(std::size_t, const std::string&)>& finished)
{
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    const auto most = static_cast<std::size_t>(std::max(processes > 0 ? processes : cores, 1));
    Workers workers;
    for (std::size_t next = 0; next < tasks || workers.size() > 0;) {
        while (next < tasks && workers.size() < most) workers.begin(next++, work);
        const Worker ended = workers.await_one();
        finished(ended.task, answer_of(ended));
    }
}

}  // namespace plumbline::cli
