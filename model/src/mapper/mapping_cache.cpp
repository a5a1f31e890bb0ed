// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping_cache.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

#include "mapper/ranged_search.hpp"

namespace plumbline {
namespace {

/// All of a problem but what is reserved.
struct Key {
    LayerId layer;
    LoopSizes sizes;
    std::vector<std::vector<MemoryId>> levels;
    std::vector<std::vector<AxisPadding>> padding;
    CapacityPolicy capacity;
    std::optional<MemoryId> staying_weights;

    bool operator<(const Key& other) const
    {
        return std::tie(layer, sizes, levels, padding, capacity, staying_weights) <
               std::tie(other.layer, other.sizes, other.levels, other.padding, other.capacity, other.staying_weights);
    }
};

/// Bits that each memory has for the layer; 0 for one that a mapping may not use.
using Space = std::vector<std::int64_t>;

Space space_of(const MappingProblem& problem)
{
    Space space(problem.accelerator->memories().size());
    for (const std::vector<MemoryId>& levels : problem.levels)
        for (MemoryId memory : levels) {
            const Bits reserved = memory < problem.reserved.size() ? problem.reserved[memory] : Bits{};
            space[memory] = (problem.accelerator->memory(memory).size - reserved).count();
        }
    return space;
}

/// A search that is under way or done.
struct Search {
    Space space;
    detail::CapacityRanges ranges;  ///< with which the result is the same; empty until it is known
    std::shared_future<Outcome<BestMapping>> result;

    bool answers(const Space& asked) const
    {
        if (asked == space) return true;
        if (ranges.empty()) return false;
        for (std::size_t memory = 0; memory < asked.size(); ++memory)
            if (!ranges[memory].contains(asked[memory])) return false;
        return true;
    }
};

}  // namespace

struct MappingCache::Impl {
    mutable std::mutex mutex;
    std::map<Key, std::deque<Search>> known;
    std::int64_t searched = 0;
    std::int64_t reused = 0;
    SearchProof proof;

    /// The search that answers a problem; or a new one, with the result that is promised.
    std::pair<Search*, bool> find(const MappingProblem& problem, std::promise<Outcome<BestMapping>>& promise)
    {
        const Space space = space_of(problem);
        std::deque<Search>& searches = known[{problem.layer->id, problem.sizes, problem.levels, problem.padding,
                                              problem.capacity, problem.staying_weights}];
        const auto answer =
            std::find_if(searches.begin(), searches.end(), [&](const Search& each) { return each.answers(space); });
        if (answer != searches.end()) {
            ++reused;
            return {&*answer, false};
        }
        ++searched;
        return {&searches.emplace_back(Search{space, {}, promise.get_future().share()}), true};
    }

    void note(const Outcome<BestMapping>& mapped)
    {
        if (!mapped || !mapped->gap) return;
        ++proof.searches;
        if (*mapped->gap <= 0) ++proof.proven;
        proof.gap = std::max(proof.gap, *mapped->gap);
    }
};

MappingCache::MappingCache() : impl_{std::make_unique<Impl>()} {}
MappingCache::~MappingCache() = default;

Outcome<BestMapping> MappingCache::search(const MappingProblem& problem, const SearchOptions& options)
{
    std::promise<Outcome<BestMapping>> promise;
    Search* search = nullptr;
    bool mine = false;
    std::shared_future<Outcome<BestMapping>> result;
    {
        const std::lock_guard lock{impl_->mutex};
        std::tie(search, mine) = impl_->find(problem, promise);
        result = search->result;
    }
    if (mine) {
        try {
            detail::RangedSearch found = detail::search_with_ranges(problem, options);
            {
                const std::lock_guard lock{impl_->mutex};
                impl_->note(found.mapping);
                search->ranges = std::move(found.ranges);
            }
            promise.set_value(std::move(found.mapping));
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
    }
    return result.get();
}

std::int64_t MappingCache::searched() const
{
    const std::lock_guard lock{impl_->mutex};
    return impl_->searched;
}

std::int64_t MappingCache::reused() const
{
    const std::lock_guard lock{impl_->mutex};
    return impl_->reused;
}

SearchProof MappingCache::proof() const
{
    const std::lock_guard lock{impl_->mutex};
    return impl_->proof;
}

}  // namespace plumbline
