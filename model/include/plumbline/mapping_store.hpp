// SPDX-License-Identifier: Apache-2.0
// Mapping problems that were solved in other runs. How they are kept is up to who implements this.
//
// A MappingCache asks it for problems that are new to it, and tells it of those that it has solved. One store belongs to
// one accelerator, workload, set of rules and set of search options, and to one version of the formulas, as a cache does.
//
//     class Kept final : public MappingStore { … };
//     Kept kept{…};
//     MappingCache mappings{&kept};
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <vector>

#include "plumbline/capacity_range.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping_problem.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// What a search came to.
struct SolvedMapping {
    /// Per memory, bits that it has for the layer, its size without what is reserved: problems that differ in nothing else have
    /// the same answer.
    CapacityRanges ranges;
    Outcome<LayerMapping> mapping;  ///< the best one, or why there is none
    std::int64_t orders = 0;        ///< BestMapping::orders
    std::optional<double> gap;      ///< BestMapping::gap
};

/// A MappingStore could not do what it was asked. That says nothing of the mapping problem: who plans many points passes it on, where it
/// would take an InputError for an infeasible point.
class MappingStoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Called by one thread at a time. What it throws (but for std::bad_alloc) ends the search that asked, as a MappingStoreError.
class MappingStore {
public:
    MappingStore() = default;
    virtual ~MappingStore();
    /// Not copied: give out references.
    MappingStore(const MappingStore&) = delete;
    /// Not copied.
    MappingStore& operator=(const MappingStore&) = delete;

    /// All that is known of a problem, whatever is reserved.
    virtual std::vector<SolvedMapping> find(const MappingProblem& problem) = 0;
    /// Of a problem that find() had no answer for; another run may have been faster.
    virtual void keep(const MappingProblem& problem, const SolvedMapping& solved) = 0;
};

}  // namespace plumbline
#pragma GCC visibility pop
