// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping_cache.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <mutex>
#include <tuple>

namespace plumbline {
namespace {

struct Key {
    LayerId layer;
    LoopSizes sizes;
    std::vector<std::vector<MemoryId>> levels;
    std::vector<std::vector<AxisPadding>> padding;
    CapacityPolicy capacity;
    std::vector<Bits> reserved;
    std::optional<MemoryId> staying_weights;

    bool operator<(const Key& other) const
    {
        return std::tie(layer, sizes, levels, padding, capacity, reserved, staying_weights) <
               std::tie(other.layer, other.sizes, other.levels, other.padding, other.capacity, other.reserved,
                        other.staying_weights);
    }
};

/// Of the memories that a mapping may use: what is taken of others does not matter.
std::vector<Bits> reserved_in_use(const MappingProblem& problem)
{
    std::vector<Bits> reserved(problem.reserved.size());
    for (const std::vector<MemoryId>& levels : problem.levels)
        for (MemoryId memory : levels)
            if (memory < reserved.size()) reserved[memory] = problem.reserved[memory];
    return reserved;
}

}  // namespace

struct MappingCache::Impl {
    mutable std::mutex mutex;
    std::map<Key, std::shared_future<Outcome<BestMapping>>> known;
    std::int64_t reused = 0;
    SearchProof proof;

    void note(const Outcome<BestMapping>& mapped)
    {
        if (!mapped || !mapped->gap) return;
        const std::lock_guard lock{mutex};
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
    std::shared_future<Outcome<BestMapping>> result;
    bool mine = false;
    std::vector<Bits> reserved = reserved_in_use(problem);
    {
        const std::lock_guard lock{impl_->mutex};
        const auto [entry, added] =
            impl_->known.try_emplace({problem.layer->id, problem.sizes, problem.levels, problem.padding,
                                      problem.capacity, std::move(reserved), problem.staying_weights});
        if (added)
            entry->second = promise.get_future().share();
        else
            ++impl_->reused;
        mine = added;
        result = entry->second;
    }
    if (mine) {
        try {
            Outcome<BestMapping> mapped = search_mapping(problem, options);
            impl_->note(mapped);
            promise.set_value(std::move(mapped));
        } catch (...) {
            promise.set_exception(std::current_exception());
        }
    }
    return result.get();
}

std::int64_t MappingCache::searched() const
{
    const std::lock_guard lock{impl_->mutex};
    return static_cast<std::int64_t>(impl_->known.size());
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
