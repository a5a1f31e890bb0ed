// SPDX-License-Identifier: Apache-2.0
#include "sweep/sweep.hpp"

#include <algorithm>
#include <utility>

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace plumbline::cli {
namespace {

/// Some five kilobytes each: a sweep of any size needs no more memory than this.
constexpr std::int64_t kMostMappings = 20'000;
/// So that nobody waits while a result is written.
constexpr std::size_t kPlacesPerThread = 4;
/// More than any machine has cores; tens of thousands take seconds to set up.
constexpr int kMostThreads = 1024;

}  // namespace

Sweep::Sweep(const std::vector<SweepPair>& pairs, Shard shard, ExploreStore* store, PointResult result)
    : pairs_{pairs},
      shard_{shard},
      store_{store},
      result_{std::move(result)}
{
    std::size_t points = 0;
    for (const SweepPair& pair : pairs) {
        points += pair.space.size();
        spaces_.push_back(store == nullptr ? 0 : store->space(pair.names));
    }
    counts_.all = shard.points_of(points);
}

std::optional<SweepPoint> Sweep::next()
{
    while (next_.pair < pairs_.size()) {
        const std::size_t all = pairs_[next_.pair].space.size();
        while (next_.point < all) {
            const SweepPoint point = next_;
            ++next_.point;
            if (shard_.has(before_ + point.point) && !is_known(point)) return point;
        }
        before_ += all;
        next_ = {next_.pair + 1, 0};
    }
    return std::nullopt;
}

bool Sweep::is_known(SweepPoint point)
{
    if (store_ == nullptr) return false;
    const SweepPair& pair = pairs_[point.pair];
    if (!result_) {
        const bool known = store_->has(spaces_[point.pair], pair.space[point.point]);
        if (known) ++counts_.known;
        return known;
    }
    const auto known = store_->find(spaces_[point.pair], pair.inputs.accelerator, pair.space[point.point]);
    if (!known) return false;
    ++counts_.known;
    result_(point, *known);
    return true;
}

void Sweep::add(SweepPoint point, const ExploredPoint& result)
{
    if (store_ != nullptr) store_->add(spaces_[point.pair], pairs_[point.pair].inputs.accelerator, result);
    if (result_) result_(point, result);
    ++counts_.computed;
}

PointWorker::PointWorker(const std::vector<SweepPair>& pairs, const PlanningFlags& planning, int threads)
    : pairs_{pairs},
      planning_{planning},
      threads_{threads > 0 ? std::min(threads, kMostThreads) : tbb::this_task_arena::max_concurrency()}
{
    options_.capacity = planning.capacity;
    options_.search = planning.search;
    options_.threads = 1;
}

PointWorker::Task PointWorker::task_of(SweepPoint point)
{
    if (!mappings_ || point.pair != pair_ || mappings_->cache().searched() >= kMostMappings) {
        searched_ = searched();
        reused_ = reused();
        mappings_ = std::make_shared<PlanningMappings>(planning_, pairs_[point.pair].inputs.content);
        pair_ = point.pair;
    }
    return {point, mappings_};
}

PointWorker::Done PointWorker::done(const Task& task) const
{
    const PlanningInputs& inputs = pairs_[task.point.pair].inputs;
    ExploreOptions options = options_;
    options.mappings = &task.mappings->cache();
    const DesignPoint point = pairs_[task.point.pair].space[task.point.point];
    return {task.point,
            *plumbline::explore(inputs.accelerator, inputs.workload, inputs.rules, {point}, options).front()};
}

// A pipeline holds no more points than have a place in it, however many there are and however slow the store is.
void PointWorker::work(const std::function<std::optional<SweepPoint>()>& next, const PointResult& result)
{
    using tbb::filter_mode;
    const auto take = tbb::make_filter<void, Task>(filter_mode::serial_in_order, [&](tbb::flow_control& control) {
        const auto point = next();
        if (!point) control.stop();
        return point ? task_of(*point) : Task{};
    });
    const auto compute =
        tbb::make_filter<Task, Done>(filter_mode::parallel, [this](const Task& task) { return done(task); });
    const auto give = tbb::make_filter<Done, void>(filter_mode::serial_out_of_order,
                                                   [&](const Done& each) { result(each.point, each.result); });
    const auto places = static_cast<std::size_t>(threads_) * kPlacesPerThread;
    // As many as were asked for, also where there are fewer cores.
    const tbb::global_control limit{tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads_)};
    tbb::task_arena{threads_}.execute([&] { tbb::parallel_pipeline(places, take & compute & give); });
}

}  // namespace plumbline::cli
