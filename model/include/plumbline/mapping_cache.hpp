// SPDX-License-Identifier: Apache-2.0
// Mappings that were searched already, so that equal problems are searched once: tile classes, tile sizes and overlap
// modes share most of their layers' tiles.
//
// Safe to use from several threads; who asks for a problem that another thread is searching waits for that result. One
// cache belongs to one accelerator, workload, set of rules and set of search options.
#pragma once

#include <cstdint>
#include <memory>

#include "plumbline/mapper.hpp"
#include "plumbline/mapping_store.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// What is proven of exact searches.
struct SearchProof {
    std::int64_t searches = 0;  ///< exact ones that found a mapping
    std::int64_t proven = 0;    ///< of these, that no mapping is better
    double gap = 0;             ///< by how much of its value a better mapping of the others may be lower, at most

    /// Counts one more, if it was searched exactly.
    void add(const BestMapping& mapping);
    /// Counts those of another part.
    void add(const SearchProof& part);
    /// All fields equal.
    friend bool operator==(const SearchProof& a, const SearchProof& b)
    {
        return a.searches == b.searches && a.proven == b.proven && a.gap == b.gap;
    }
};

/// Results of searches, by problem.
class MappingCache {
public:
    /// \param store asked before a search, and told of its result; outlives the cache. Null: there is none
    explicit MappingCache(MappingStore* store = nullptr);
    /// No search may be under way.
    ~MappingCache();
    /// Not copied: give out references.
    MappingCache(const MappingCache&) = delete;
    /// Not copied.
    MappingCache& operator=(const MappingCache&) = delete;

    /// As search_mapping(), which is called for new problems alone. `options` must be the same in all calls. The answer lives as
    /// long as the cache.
    /// \throws what the store throws, too
    const Outcome<BestMapping>& search(const MappingProblem& problem, const SearchOptions& options);

    std::int64_t searched() const;  ///< problems that were searched
    std::int64_t reused() const;    ///< and those that were known
    SearchProof proof() const;      ///< of all problems, each counted once

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumbline
#pragma GCC visibility pop
