// SPDX-License-Identifier: Apache-2.0
#include "tasks/dealt_tasks.hpp"

#include <optional>
#include <string_view>

#include "plumbline/error.hpp"
#include "tasks/by_ranks.hpp"

namespace plumbline::cli {
namespace {

// Texts between ranks. To the one that deals: that a worker is free; or what became of a task, which is its number, a letter and a
// text. From it: a number, a space, and the task; nothing where there is no more.
constexpr std::string_view kFree = "free";
constexpr char kAnswered = 'a';
constexpr char kWrong = 'p';
constexpr char kUnanswered = 'l';

/// What nobody has begun.
class Missing {
public:
    explicit Missing(const std::vector<std::size_t>& tasks) : tasks_{tasks} {}
    std::optional<std::size_t> next()
    {
        return begun_ < tasks_.size() ? std::optional{tasks_[begun_++]} : std::nullopt;
    }

private:
    const std::vector<std::size_t>& tasks_;
    std::size_t begun_ = 0;
};

class Dealer {
public:
    Dealer(const Ranks& ranks, const DealtTasks& tasks, Missing& missing)
        : ranks_{ranks},
          tasks_{tasks},
          missing_{missing},
          serving_{ranks.count() - 1}
    {}

    void take_what_arrived()
    {
        while (const auto message = ranks_.poll()) take(*message);
    }

    /// Until all others have gone home.
    void finish()
    {
        while (serving_ > 0 || away_ > 0) take(ranks_.wait());
    }

private:
    void take(const Ranks::Message& message)
    {
        refuse_failed(message);
        if (message.text == kFree)
            deal(message.from);
        else
            tell(message.text);
    }

    void deal(int rank)
    {
        const auto task = missing_.next();
        ranks_.send(rank, task ? std::to_string(*task) + ' ' + tasks_.text(*task) : std::string{});
        if (task)
            ++away_;
        else
            --serving_;
    }

    void tell(std::string_view text)
    {
        --away_;
        const std::size_t task = take_number(text);
        const char kind = text.front();
        const OfTask& told = kind == kAnswered ? tasks_.finished : kind == kUnanswered ? tasks_.lost : tasks_.failed;
        told(task, std::string{text.substr(1)});
    }

    const Ranks& ranks_;
    const DealtTasks& tasks_;
    Missing& missing_;
    int serving_;   ///< ranks that were not sent home
    int away_ = 0;  ///< tasks that others work on
};

/// A task that another rank was given.
struct GivenTask {
    std::string number;
    std::string text;
};

std::optional<GivenTask> ask(const Ranks& ranks)
{
    ranks.send(0, std::string{kFree});
    const std::string text = ranks.wait().text;
    if (text.empty()) return std::nullopt;
    const std::size_t space = text.find(' ');
    return GivenTask{text.substr(0, space), text.substr(space + 1)};
}

}  // namespace

void run_dealt(const Ranks* ranks, int processes, const DealtTasks& tasks)
{
    Missing missing{tasks.tasks};
    const auto next = [&] { return missing.next(); };
    if (ranks == nullptr) {
        run_in_processes(next, processes, tasks.work, tasks.finished, tasks.lost, {});
        return;
    }
    Dealer dealer{*ranks, tasks, missing};
    run_in_processes(next, processes > 0 ? processes : ranks->threads(), tasks.work, tasks.finished, tasks.lost,
                     [&] { dealer.take_what_arrived(); });
    dealer.finish();
}

void serve_dealt(const Ranks& ranks, int processes, const std::function<std::string(const std::string&)>& work)
{
    std::vector<GivenTask> given;
    const auto next = [&]() -> std::optional<std::size_t> {
        auto task = ask(ranks);
        if (!task) return std::nullopt;
        given.push_back(std::move(*task));
        return given.size() - 1;
    };
    const auto outcome = [&](std::size_t i) {
        try {
            return kAnswered + work(given[i].text);
        } catch (const InputError& error) {
            return kWrong + std::string{error.what()};
        }
    };
    run_in_processes(
        next, processes > 0 ? processes : ranks.threads(), outcome,
        [&](std::size_t i, const std::string& said) { ranks.send(0, given[i].number + said); },
        [&](std::size_t i, const std::string& reason) { ranks.send(0, given[i].number + kUnanswered + reason); }, {});
}

void deal_nothing(const Ranks& ranks)
{
    for (int serving = ranks.count() - 1; serving > 0; --serving) ranks.send(ranks.wait().from, {});
}

}  // namespace plumbline::cli
