// SPDX-License-Identifier: Apache-2.0
#include "execution/stored_tasks.hpp"

#include <optional>

#include "execution/progress.hpp"
#include "execution/result_store.hpp"
#include "execution/worker_processes.hpp"

namespace plumbline::cli {

std::vector<std::string> answers_of(const Context& context, const StoredTasks& tasks)
{
    std::optional<ResultStore> store;
    if (!tasks.store.empty())
        store.emplace(tasks.store, ResultStore::Kind{"plumbline/" + tasks.kind + "-store/1", "run"});
    std::vector<std::string> answers(tasks.keys.size());
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const ResultStore::Result* known = store ? store->find(tasks.keys[i]) : nullptr;
        if (known != nullptr)
            answers[i] = known->json;
        else
            missing.push_back(i);
    }
    Progress progress{context, "simulating", "schedule"};
    std::int64_t done = 0;
    run_in_processes(
        missing.size(), tasks.processes, [&](std::size_t i) { return tasks.work(missing[i]); },
        [&](std::size_t i, const std::string& answer) {
            answers[missing[i]] = answer;
            if (store) store->add(tasks.keys[missing[i]], answer);
            progress.update(++done, static_cast<std::int64_t>(missing.size()));
        });
    return answers;
}

}  // namespace plumbline::cli
