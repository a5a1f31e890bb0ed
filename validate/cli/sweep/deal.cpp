// SPDX-License-Identifier: Apache-2.0
#include "sweep/deal.hpp"

#include <atomic>
#include <exception>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "execution/progress.hpp"
#include "plumbline/error.hpp"
#include "plumbline/validate/explored_point.hpp"
#include "tasks/by_ranks.hpp"

namespace plumbline::cli {
namespace {

/// Points that another rank is given at once: few, since all wait for who is last.
constexpr std::size_t kDealtAtOnce = 16;

// Texts between ranks. To the one that deals: that another waits for work, or a point and below it the result (why it cannot go
// on: by_ranks.hpp). From it: points; none where there are no more. A point is two numbers, pair and point, and a space stands
// before each.
constexpr std::string_view kReady = "ready";

std::string point_text(SweepPoint point)
{
    return ' ' + std::to_string(point.pair) + ' ' + std::to_string(point.point);
}

SweepPoint take_point(std::string_view& text)
{
    const std::size_t pair = take_number(text);
    return {pair, take_number(text)};
}

/// What all threads of the rank that deals have in common.
class Dealing {
public:
    Dealing(Sweep& sweep, Progress& progress) : sweep_{sweep}, progress_{progress} {}

    std::optional<SweepPoint> next()
    {
        const std::lock_guard lock{mutex_};
        return failed_ ? std::nullopt : sweep_.next();
    }

    void add(SweepPoint point, const ExploredPoint& result)
    {
        const std::lock_guard lock{mutex_};
        sweep_.add(point, result);
        const Sweep::Counts& counts = sweep_.counts();
        progress_.update(static_cast<std::int64_t>(counts.computed),
                         static_cast<std::int64_t>(counts.all - counts.known));
    }

    /// No point is begun any more.
    void fail() { failed_ = true; }
    bool failed() const { return failed_; }

private:
    Sweep& sweep_;
    Progress& progress_;
    std::mutex mutex_;
    std::atomic<bool> failed_{false};
};

void work_alone(Dealing& dealing, PointWorker& worker)
{
    worker.work([&] { return dealing.next(); },
                [&](SweepPoint point, const ExploredPoint& result) { dealing.add(point, result); });
}

/// What the rank that deals computes while it deals.
class OwnWork {
public:
    OwnWork(Dealing& dealing, PointWorker& worker)
        : dealing_{dealing},
          thread_{[this, &worker] {
              try {
                  work_alone(dealing_, worker);
              } catch (...) {
                  failure_ = std::current_exception();
                  dealing_.fail();
              }
          }}
    {}

    ~OwnWork()
    {
        if (!thread_.joinable()) return;
        dealing_.fail();
        thread_.join();
    }

    void end()
    {
        thread_.join();
        if (failure_) std::rethrow_exception(failure_);
    }

private:
    Dealing& dealing_;
    std::exception_ptr failure_;
    std::thread thread_;
};

void take_result(Dealing& dealing, const std::vector<SweepPair>& pairs, std::string_view text)
{
    const SweepPoint at = take_point(text);
    const SweepPair& pair = pairs[at.pair];
    text.remove_prefix(1);
    dealing.add(at,
                validate::explored_point_from_json(pair.inputs.accelerator, pair.space[at.point], std::string{text}));
}

std::string dealt(Dealing& dealing)
{
    std::string text;
    for (std::size_t i = 0; i < kDealtAtOnce; ++i) {
        const auto point = dealing.next();
        if (!point) break;
        text += point_text(*point);
    }
    return text;
}

void deal(Dealing& dealing, const std::vector<SweepPair>& pairs, const Ranks& ranks)
{
    for (int busy = ranks.count() - 1; busy > 0 && !dealing.failed();) {
        const Ranks::Message message = ranks.wait();
        refuse_failed(message);
        if (message.text == kReady) {
            const std::string points = dealt(dealing);
            ranks.send(message.from, points);
            if (points.empty()) --busy;
        } else {
            take_result(dealing, pairs, message.text);
        }
    }
}

}  // namespace

void compute(const Context& context, Sweep& sweep, const SweepWork& work)
{
    Progress progress{context, "exploring", "point"};
    Dealing dealing{sweep, progress};
    PointWorker worker{work.pairs, work.planning, work.threads};
    if (context.ranks == nullptr) {
        work_alone(dealing, worker);
    } else {
        OwnWork own{dealing, worker};
        deal(dealing, work.pairs, *context.ranks);
        own.end();
    }
    context.log->info("{} points computed, {} from the store; {} mapping problems searched, {} met again",
                      sweep.counts().computed, sweep.counts().known, worker.searched(), worker.reused());
}

void serve(const SweepWork& work, const Ranks& ranks)
{
    PointWorker worker{work.pairs, work.planning, work.threads};
    // Results are sent by the thread that may call MPI.
    std::vector<std::string> results;
    while (true) {
        ranks.send(0, std::string{kReady});
        const std::string text = ranks.wait().text;
        if (text.empty()) return;
        std::string_view rest = text;
        worker.work([&] { return rest.empty() ? std::nullopt : std::optional{take_point(rest)}; },
                    [&](SweepPoint point, const ExploredPoint& result) {
                        const Accelerator& accelerator = work.pairs[point.pair].inputs.accelerator;
                        results.push_back(point_text(point) + '\n' + validate::to_json(accelerator, result));
                    });
        for (const std::string& each : results) ranks.send(0, each);
        results.clear();
    }
}

}  // namespace plumbline::cli
