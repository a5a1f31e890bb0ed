// SPDX-License-Identifier: Apache-2.0
#include "plumbline/explore.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "description/mapping_links.hpp"
#include "planning/stack_cuts.hpp"
#include "plumbline/schedule_cost.hpp"

namespace plumbline {
namespace {

/// What all points have in common.
struct Setting {
    const Accelerator& accelerator;
    const Workload& workload;
    const MappingRules& rules;
    PlanOptions plan;
};

Outcome<CostSummary> planned_cost(const Setting& setting, const DesignPoint& point, SearchProof& proof)
{
    PlanOptions options = setting.plan;
    options.stacks = {{point.tile, point.mode}};
    options.cuts = point.cuts;
    options.proof = &proof;
    const auto schedule = plan_schedule(setting.accelerator, setting.workload, setting.rules, options);
    if (!schedule) return Infeasible{schedule.reason()};
    const ScheduleCost cost = predict(setting.accelerator, setting.workload, *schedule, setting.plan.search.estimator);
    return summarise(setting.accelerator, setting.workload, cost);
}

/// What is wrong with one point must not end the others.
ExploredPoint evaluated(const Setting& setting, const DesignPoint& point)
{
    std::vector<LayerId> cuts;
    try {
        cuts = cuts_of(setting.accelerator, setting.workload, setting.rules, point.cuts);
        SearchProof proof;
        ExploredPoint explored{point, cuts, planned_cost(setting, point, proof)};
        if (explored.cost && proof.searches > 0) explored.search = proof;
        return explored;
    } catch (const InputError& error) {
        return {point, std::move(cuts), Infeasible{error.what()}};
    }
}

/// Threads take the points one by one; whichever thread it is, a point's result goes to the point's place.
class Sweep {
public:
    Sweep(const Setting& setting, const std::vector<DesignPoint>& points,
          const std::function<bool(const ExploreProgress&)>& finished)
        : setting_{setting},
          points_{points},
          finished_{finished},
          results_(points.size())
    {}

    std::vector<std::optional<ExploredPoint>> run(std::size_t threads)
    {
        std::vector<std::thread> helpers;
        for (std::size_t i = 1; i < std::min(threads, points_.size()); ++i) helpers.emplace_back([this] { work(); });
        work();
        for (std::thread& helper : helpers) helper.join();
        if (failure_) std::rethrow_exception(failure_);
        return std::move(results_);
    }

private:
    void work()
    {
        try {
            for (std::size_t index = next_++; index < points_.size() && !stopped_; index = next_++)
                keep(index, evaluated(setting_, points_[index]));
        } catch (...) {
            stopped_ = true;
            const std::lock_guard lock{mutex_};
            if (!failure_) failure_ = std::current_exception();
        }
    }

    void keep(std::size_t index, ExploredPoint&& point)
    {
        const std::lock_guard lock{mutex_};
        const ExploredPoint& kept = results_[index].emplace(std::move(point));
        ++done_;
        if (finished_ && !finished_({index, kept, done_, points_.size()})) stopped_ = true;
    }

    const Setting& setting_;
    const std::vector<DesignPoint>& points_;
    const std::function<bool(const ExploreProgress&)>& finished_;
    std::atomic<std::size_t> next_{0};
    std::atomic<bool> stopped_{false};
    std::mutex mutex_;  ///< guards what follows
    std::vector<std::optional<ExploredPoint>> results_;
    std::size_t done_ = 0;
    std::exception_ptr failure_;
};

}  // namespace

std::vector<std::optional<ExploredPoint>> explore(const Accelerator& accelerator, const Workload& workload,
                                                  const MappingRules& rules, const std::vector<DesignPoint>& points,
                                                  const ExploreOptions& options)
{
    // What is wrong with the rules is wrong with all points.
    for (const Layer& layer : workload.layers()) detail::check_links(rules.rule_for(layer), layer);
    MappingCache own;
    Setting setting{accelerator, workload, rules, {}};
    setting.plan.capacity = options.capacity;
    setting.plan.search = options.search;
    setting.plan.search.threads = 1;
    setting.plan.mappings = options.mappings != nullptr ? options.mappings : &own;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t threads = options.threads > 0 ? static_cast<std::size_t>(options.threads) : cores;
    return Sweep{setting, points, options.finished}.run(threads);
}

TileSize whole_map(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                   const Cuts& cuts)
{
    const auto stacks = detail::split_after(detail::layer_ids(workload), cuts_of(accelerator, workload, rules, cuts));
    TileSize whole;
    for (const detail::StackMap& map : detail::stack_maps(workload, rules, stacks))
        whole = {std::max(whole.x, map.size.x), std::max(whole.y, map.size.y)};
    return whole;
}

}  // namespace plumbline
