// SPDX-License-Identifier: Apache-2.0
// The store of `plumbline explore`: points explored so far, and the inputs that they depend on.
//
//     ExploreStore store{"points.jsonl", explore_inputs(subjects, profile, planning)};
//     if (auto known = store.find({accelerator, "tpu_like fsrcnn"}, point)) …
//     store.add({accelerator, "tpu_like fsrcnn"}, explored);
#pragma once

#include <optional>
#include <string>

#include "execution/result_store.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

/// What the cost of every point depends on. \param profile path; empty: none
ResultStore::Inputs explore_inputs(const SubjectListFlags& subjects, const std::string& profile,
                                   const PlanningFlags& planning);

class ExploreStore {
public:
    /// Which space a point belongs to.
    struct Space {
        const Accelerator& accelerator;
        std::string name;  ///< of accelerator and network, unique in the exploration
    };

    /// \throws InputError where the file is no store, or one of other inputs
    ExploreStore(const std::string& path, ResultStore::Inputs inputs);

    /// \throws InputError where the point's line cannot be understood
    std::optional<ExploredPoint> find(const Space& space, const DesignPoint& point) const;
    /// \throws InputError where it cannot be written
    void add(const Space& space, const ExploredPoint& point);

private:
    ResultStore results_;
};

}  // namespace plumbline::cli
