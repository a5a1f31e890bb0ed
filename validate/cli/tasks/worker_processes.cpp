// SPDX-License-Identifier: Apache-2.0
#include "tasks/worker_processes.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "execution/memory_shortage.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping_store.hpp"

namespace plumbline::cli {
namespace {

constexpr char kAnswer = 'a';
constexpr char kProblem = 'p';
constexpr char kLost = 'l';
constexpr const char* kNoMemory = "there was not enough memory";

bool write_all(int file, const std::string& text)
{
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(file, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

/// What the copy of a process must not share with it: its end, its handlers, its files but for the answer's.
void become_worker(pid_t parent, int file)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(1);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        if (std::signal(signal, SIG_DFL) == SIG_IGN) std::signal(signal, SIG_IGN);
    }
    const auto descriptor = static_cast<unsigned>(file);
    if (file > STDERR_FILENO + 1) ::close_range(STDERR_FILENO + 1, descriptor - 1, 0);
    ::close_range(descriptor + 1, ~0U, 0);
}

/// What comes of a task. Too little memory or too few threads are no property of it: another time it may succeed.
std::string outcome(const std::function<std::string(std::size_t)>& work, std::size_t task)
{
    try {
        return kAnswer + work(task);
    } catch (const std::bad_alloc&) {
        return kLost + std::string{kNoMemory};
    } catch (const std::system_error& error) {
        return kLost + std::string{error.what()};
    } catch (const MappingStoreError& error) {
        return kLost + std::string{error.what()};
    } catch (const std::exception& error) {
        if (says_memory_is_short(error.what())) return kLost + std::string{kNoMemory};
        return kProblem + std::string{error.what()};
    }
}

/// Of the worker: nothing of the process that it was copied from may run to its end.
[[noreturn]] void answer(int file, const std::function<std::string(std::size_t)>& work, std::size_t task)
{
    watch_memory();
    std::string text = outcome(work, task);
    // An answer, too, may have been made of what did not fit.
    if (memory_was_short()) text = kLost + std::string{kNoMemory};
    ::_exit(write_all(file, text) ? 0 : 1);
}

struct Worker {
    std::size_t task = 0;
    pid_t process = 0;
    int file = -1;
    std::string said;
    int status = 0;  ///< as waitpid() says, once it has ended
};

/// Stops those that are still under way.
class Workers {
public:
    Workers() = default;
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;
    ~Workers()
    {
        for (Worker& worker : all_) {
            ::kill(worker.process, SIGKILL);
            close(worker);
        }
    }

    std::size_t size() const { return all_.size(); }

    void begin(std::size_t task, const std::function<std::string(std::size_t)>& work)
    {
        int ends[2];
        if (::pipe(ends) != 0) fail("cannot open a pipe to a worker", errno);
        const pid_t parent = ::getpid();
        const pid_t process = ::fork();
        if (process == 0) {
            become_worker(parent, ends[1]);
            answer(ends[1], work, task);
        }
        const int error = errno;
        ::close(ends[1]);
        if (process < 0) {
            ::close(ends[0]);
            fail("cannot start a worker", error);
        }
        all_.push_back({task, process, ends[0], {}});
    }

    /// Waits for so long at most, or until one says something. Takes one out that has ended.
    std::optional<Worker> await_one(int milliseconds)
    {
        std::vector<pollfd> files;
        for (const Worker& worker : all_) files.push_back({worker.file, POLLIN, 0});
        if (::poll(files.data(), files.size(), milliseconds) < 0) return std::nullopt;
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].revents == 0 || hears(all_[i])) continue;
            Worker ended = std::move(all_[i]);
            all_.erase(all_.begin() + static_cast<std::ptrdiff_t>(i));
            close(ended);
            return ended;
        }
        return std::nullopt;
    }

private:
    [[noreturn]] static void fail(const std::string& problem, int error)
    {
        throw InputError{"processes", problem + ": " + std::strerror(error)};
    }

    /// Whether there may be more.
    static bool hears(Worker& worker)
    {
        char text[4096];
        const ssize_t count = ::read(worker.file, text, sizeof text);
        if (count < 0) return errno == EINTR;
        worker.said.append(text, static_cast<std::size_t>(count));
        return count > 0;
    }

    static void close(Worker& worker)
    {
        ::close(worker.file);
        while (::waitpid(worker.process, &worker.status, 0) < 0 && errno == EINTR) {}
    }

    std::vector<Worker> all_;
};

/// Why a worker left no whole answer; empty: it did.
std::string reason_of(const Worker& worker)
{
    if (WIFSIGNALED(worker.status)) {
        const int signal = WTERMSIG(worker.status);
        return "its worker was killed by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ')';
    }
    if (worker.said.empty() || WEXITSTATUS(worker.status) != 0)
        return "its worker ended with status " + std::to_string(WEXITSTATUS(worker.status)) + " and without an answer";
    return worker.said.front() == kLost ? worker.said.substr(1) : std::string{};
}

void tell(const Worker& worker, const OfTask& finished, const OfTask& lost)
{
    const std::string reason = reason_of(worker);
    if (!reason.empty() && !lost) throw InputError{"task " + std::to_string(worker.task), reason};
    if (!reason.empty())
        lost(worker.task, reason);
    else if (worker.said.front() == kProblem)
        throw InputError{std::string{}, worker.said.substr(1)};
    else
        finished(worker.task, worker.said.substr(1));
}

}  // namespace

void run_in_processes(std::size_t tasks, int processes, const std::function<std::string(std::size_t)>& work,
                      const OfTask& finished, const OfTask& lost)
{
    std::size_t begun = 0;
    const auto next = [&] { return begun < tasks ? std::optional{begun++} : std::nullopt; };
    run_in_processes(next, processes, work, finished, lost, {});
}

void run_in_processes(const NextTask& next, int processes, const std::function<std::string(std::size_t)>& work,
                      const OfTask& finished, const OfTask& lost, const std::function<void()>& meanwhile)
{
    constexpr int kPause = 2;  // milliseconds
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    const auto most = static_cast<std::size_t>(std::max(processes > 0 ? processes : cores, 1));
    Workers workers;
    for (bool more = true; more || workers.size() > 0;) {
        while (more && workers.size() < most) {
            const auto task = next();
            if (task) workers.begin(*task, work);
            more = task.has_value();
        }
        if (workers.size() == 0) return;
        if (const auto ended = workers.await_one(meanwhile ? kPause : -1)) tell(*ended, finished, lost);
        if (meanwhile) meanwhile();
    }
}

}  // namespace plumbline::cli
