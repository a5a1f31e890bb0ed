// SPDX-License-Identifier: Apache-2.0
// The store of `plumbline explore`: points explored so far, and the inputs that they depend on.
//
// Files count by their contents, whatever they are called: a built-in name and the path of its file are the same input.
//
//     ExploreStore store{"points.jsonl", explore_inputs(context, subjects, profile, planning)};
//     const ExploreStore::Space space{accelerator, explore_space_key(context, "tpu_like", {}, "fsrcnn")};
//     if (auto known = store.find(space, point)) …
//     store.add(space, explored);
#pragma once

#include <optional>
#include <string>

#include "execution/context.hpp"
#include "execution/result_store.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"
#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"

namespace plumbline::cli {

/// What the cost of every point depends on. \param profile path; empty: none
ResultStore::Inputs explore_inputs(const Context& context, const SubjectListFlags& subjects, const std::string& profile,
                                   const PlanningFlags& planning);

/// What tells a space from others: accelerator, mapping rules and network, as the command line names them, by content.
/// \throws InputError
std::string explore_space_key(const Context& context, const std::string& accelerator, const std::string& mapping,
                              const std::string& workload);

class ExploreStore {
public:
    /// Which space a point belongs to.
    struct Space {
        const Accelerator& accelerator;
        std::string key;  ///< explore_space_key()
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
