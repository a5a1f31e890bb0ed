// SPDX-License-Identifier: Apache-2.0
#include "tasks/stored_tasks.hpp"

#include <optional>

#include "execution/progress.hpp"
#include "plumbline/error.hpp"
#include "tasks/dealt_tasks.hpp"
#include "tasks/result_store.hpp"

namespace plumbline::cli {

namespace {

/// Tasks that have no answer, for no fault of theirs.
class LostTasks {
public:
    LostTasks(const Context& context, const StoredTasks& tasks) : context_{context}, tasks_{tasks} {}

    void add(std::size_t task, const std::string& reason)
    {
        const std::string& name = tasks_.names[task];
        context_.log->warn("{}: {}; the others go on", name, reason);
        if (count_++ == 0) first_ = name + " has no result, since " + reason;
    }

    /// \throws InputError where there are any
    void refuse() const
    {
        if (count_ == 0) return;
        std::string text = first_;
        if (count_ > 1)
            text += "; " + std::to_string(count_) + " of " + std::to_string(tasks_.keys.size()) + " have none";
        if (!tasks_.store.empty())
            text += "; what is finished is in " + tasks_.store + ", and the same command goes on";
        throw InputError{tasks_.kind, text};
    }

private:
    const Context& context_;
    const StoredTasks& tasks_;
    std::size_t count_ = 0;
    std::string first_;
};

/// In a worker. \throws InputError naming the task
std::string worked(const StoredTasks& tasks, std::size_t task)
{
    try {
        return tasks.work(task);
    } catch (const InputError& error) {
        throw InputError{tasks.names[task], error.what()};
    }
}

std::string schema_of(const StoredTasks& tasks) { return "plumbline/" + tasks.kind + "-store/1"; }

/// Has each of the given tasks done, and kept. \throws InputError
void run(const Context& context, const StoredTasks& tasks, const std::vector<std::size_t>& missing, ResultStore* store,
         const OfTask& answered)
{
    Progress progress{context, "simulating", "schedule"};
    std::int64_t done = 0;
    const auto count = [&] { progress.update(++done, static_cast<std::int64_t>(missing.size())); };
    LostTasks lost{context, tasks};
    const DealtTasks dealt{missing,
                           [&](std::size_t task) { return worked(tasks, task); },
                           tasks.text,
                           [&](std::size_t task, const std::string& answer) {
                               answered(task, answer);
                               if (store != nullptr) store->add(tasks.keys[task], answer);
                               count();
                           },
                           [&](std::size_t task, const std::string& reason) {
                               lost.add(task, reason);
                               count();
                           },
                           [&](std::size_t task, const std::string& problem) {
                               throw InputError{tasks.names[task], problem};
                           }};
    run_dealt(context.ranks, tasks.processes, dealt);
    lost.refuse();
}

}  // namespace

std::vector<std::string> answers_of(const Context& context, const StoredTasks& tasks)
{
    std::optional<ResultStore> store;
    if (!tasks.store.empty()) store.emplace(tasks.store, schema_of(tasks));
    std::vector<std::string> answers(tasks.keys.size());
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const StoredResult* known = store ? store->find(tasks.keys[i]) : nullptr;
        if (known != nullptr)
            answers[i] = known->json;
        else
            missing.push_back(i);
    }
    run(context, tasks, missing, store ? &*store : nullptr,
        [&](std::size_t task, const std::string& answer) { answers[task] = answer; });
    return answers;
}

std::string fill_store(const Context& context, const StoredTasks& tasks)
{
    ResultStore store{tasks.store, schema_of(tasks)};
    FilledStore filled{tasks.store, "schedule", 0, 0};
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < tasks.keys.size(); ++i) {
        if (!tasks.shard.has(i)) continue;
        ++filled.all;
        if (store.find(tasks.keys[i]) == nullptr)
            missing.push_back(i);
        else
            ++filled.known;
    }
    run(context, tasks, missing, &store, [](std::size_t, const std::string&) {});
    return text_of(filled, tasks.shard);
}

}  // namespace plumbline::cli
