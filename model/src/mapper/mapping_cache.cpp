// SPDX-License-Identifier: Apache-2.0
#include "plumbline/mapping_cache.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>

#include "mapper/solved_mapping.hpp"

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

    explicit Key(const MappingProblem& problem)
        : layer{problem.layer->id},
          sizes{problem.sizes},
          levels{problem.levels},
          padding{problem.padding},
          capacity{problem.capacity},
          staying_weights{problem.staying_weights}
    {}
};

/// Finds a problem without making a key of it.
struct KeyOrder {
    using is_transparent = void;

    static auto parts(const Key& key)
    {
        return std::tie(key.layer, key.sizes, key.levels, key.padding, key.capacity, key.staying_weights);
    }
    static auto parts(const MappingProblem& problem)
    {
        return std::tie(problem.layer->id, problem.sizes, problem.levels, problem.padding, problem.capacity,
                        problem.staying_weights);
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const
    {
        return parts(a) < parts(b);
    }
};

using detail::Space;
using Promise = std::promise<Outcome<BestMapping>>;

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

/// A search that is under way or done, in this run or before.
struct Search {
    Space space;            ///< empty where it was before
    CapacityRanges ranges;  ///< with which the result is the same; empty until it is known
    std::shared_future<Outcome<BestMapping>> result;
    std::optional<SolvedMapping> stored;  ///< what the store says, until somebody asks for it

    bool answers(const Space& asked) const
    {
        if (asked == space) return true;
        if (ranges.empty()) return false;
        for (std::size_t memory = 0; memory < asked.size(); ++memory)
            if (!ranges[memory].contains(asked[memory])) return false;
        return true;
    }
};

/// Of the store.
template <class Call>
auto asked(Call call)
{
    try {
        return call();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        throw MappingStoreError{error.what()};
    }
}

}  // namespace

void SearchProof::add(const BestMapping& mapping)
{
    if (mapping.gap) add(SearchProof{1, *mapping.gap <= 0 ? 1 : 0, *mapping.gap});
}

void SearchProof::add(const SearchProof& part)
{
    searches += part.searches;
    proven += part.proven;
    gap = std::max(gap, part.gap);
}

struct MappingCache::Impl {
    MappingStore* store;
    mutable std::mutex mutex;
    std::map<Key, std::deque<Search>, KeyOrder> known;
    std::int64_t searched = 0;
    std::int64_t reused = 0;
    SearchProof proof;

    explicit Impl(MappingStore* kept) : store{kept} {}

    /// The search that answers a problem; or a new one, and the promise of its result.
    std::pair<Search*, std::optional<Promise>> find(const MappingProblem& problem, const SearchOptions& options)
    {
        const Space space = space_of(problem);
        std::deque<Search>& searches = searches_of(problem);
        const auto answer =
            std::find_if(searches.begin(), searches.end(), [&](const Search& each) { return each.answers(space); });
        if (answer != searches.end()) {
            ++reused;
            if (answer->stored) settle(*answer, problem, options.estimator);
            return {&*answer, std::nullopt};
        }
        ++searched;
        Promise promise;
        Search& added = searches.emplace_back(Search{space, {}, promise.get_future().share(), {}});
        return {&added, std::move(promise)};
    }

    void finish(Search& search, const detail::RangedSearch& found, const MappingProblem& problem,
                const SearchOptions& options)
    {
        const std::lock_guard lock{mutex};
        note(found.mapping);
        search.ranges = found.ranges;
        if (store != nullptr && !detail::may_vary(found.mapping, options))
            asked([&] { store->keep(problem, detail::solved_by(found, search.space)); });
    }

private:
    std::deque<Search>& searches_of(const MappingProblem& problem)
    {
        const auto entry = known.find(problem);
        if (entry != known.end()) return entry->second;
        std::deque<Search>& searches = known[Key{problem}];
        if (store != nullptr)
            for (SolvedMapping& solved : asked([&] { return store->find(problem); })) {
                CapacityRanges ranges = solved.ranges;
                ranges.resize(problem.accelerator->memories().size());
                searches.push_back(Search{{}, std::move(ranges), {}, std::move(solved)});
            }
        return searches;
    }

    void settle(Search& search, const MappingProblem& problem, Estimator estimator)
    {
        Outcome<BestMapping> mapped = detail::best_of(*search.stored, problem, estimator);
        note(mapped);
        Promise known_already;
        known_already.set_value(std::move(mapped));
        search.result = known_already.get_future().share();
        search.stored.reset();
    }

    void note(const Outcome<BestMapping>& mapped)
    {
        if (mapped) proof.add(*mapped);
    }
};

MappingCache::MappingCache(MappingStore* store) : impl_{std::make_unique<Impl>(store)} {}
MappingCache::~MappingCache() = default;

const Outcome<BestMapping>& MappingCache::search(const MappingProblem& problem, const SearchOptions& options)
{
    Search* search = nullptr;
    std::optional<Promise> mine;
    std::shared_future<Outcome<BestMapping>> result;
    {
        const std::lock_guard lock{impl_->mutex};
        std::tie(search, mine) = impl_->find(problem, options);
        result = search->result;
    }
    if (mine) {
        try {
            detail::RangedSearch found = detail::search_with_ranges(problem, options);
            impl_->finish(*search, found, problem, options);
            mine->set_value(std::move(found.mapping));
        } catch (...) {
            mine->set_exception(std::current_exception());
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
