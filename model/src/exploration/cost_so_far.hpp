// SPDX-License-Identifier: Apache-2.0
// What does a stack cost that is being planned: the tile classes that are done, and at least how much the others?
//
//     CostSoFar cost{setting, floor, candidate, too_much};
//     plan_classes(setting.plan, open, candidate.choice, cost);
//     cost.standing()
#pragma once

#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "exploration/bounds/stack_bound.hpp"
#include "exploration/stack_choices.hpp"

namespace plumbline::detail {

/// Of the steps of tile classes, most of which differ from others in some of their steps only.
class StepCosts {
public:
    /// It must outlive it.
    explicit StepCosts(const CandidateSetting& setting) : setting_{setting} {}

    /// Of one tile of a class.
    StackCost of(const TileClass& tiles);

private:
    StackCost of(const CopyStep& step) const;
    StackCost of(const ComputeStep& step);

    const CandidateSetting& setting_;
    std::map<LayerId, std::vector<std::pair<ComputeStep, StackCost>>> known_;
};

/// What the tile classes cost that are planned, with a bound for those that are missing.
class CostSoFar final : public ClassListener {
public:
    /// All must outlive it.
    CostSoFar(const CandidateSetting& setting, const StackFloor& floor, const Candidate& candidate,
              const TooMuch& too_much)
        : steps_{setting},
          floors_{floor, candidate.choice},
          candidate_{candidate},
          too_much_{too_much}
    {}

    void begin(std::size_t classes, bool last) override;
    bool add(const std::vector<PlacedClass>& alike, const TileClass& first) override;

    /// Open where planning came to no end.
    Standing standing() const { return standing_; }
    /// Of the stack, as far as it is planned.
    StackCost bound() const;
    /// In the order of the stack's classes: the sum that other commands print.
    StackCost sum() const;

private:
    StepCosts steps_;
    ClassFloors floors_;
    const Candidate& candidate_;
    const TooMuch& too_much_;
    std::size_t classes_ = 0;
    bool last_ = false;                       ///< what is planned holds
    std::map<std::size_t, StackCost> costs_;  ///< by place in the stack
    StackCost planned_;
    StackCost missing_;
    Standing standing_ = Standing::open;
};

}  // namespace plumbline::detail
