// SPDX-License-Identifier: Apache-2.0
// Plans as few choices of tile and mode as prove which ways through a cut graph are best.
//
// A choice that is not planned yet has a bound. With the least that may come before and after it, that is a bound of every
// schedule that has the choice; where a known schedule is better, the choice is given up. Otherwise the most promising ones
// are planned, most of their tiles at first and all of them the second time, the bounds of all are renewed, and so on until
// nothing is open. What is planned does not depend on threads.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exploration/best_known.hpp"
#include "exploration/cut_graph.hpp"
#include "exploration/equal_stacks.hpp"
#include "exploration/stack_choices.hpp"

namespace plumbline::detail {

class StackSearch {
public:
    /// All must outlive it.
    StackSearch(const CandidateSetting& setting, const CutGraph& cuts, const std::vector<OpenStack>& open,
                const OptimizeOptions& options);

    /// The best ways, by energy; none where nothing is feasible.
    std::vector<CutPath> run();

    const Candidate& candidate(CutStep step) const
    {
        return candidates_[kinds_.kind_of[step.stack]].all()[step.choice];
    }
    std::size_t choices() const;
    std::size_t planned() const { return planned_; }
    /// Why the first choice that was planned in vain is infeasible.
    const std::string& reason() const { return reason_; }

private:
    /// A choice of a kind of stacks that is open, by the least value of a schedule with it.
    struct Task {
        double value = 0;
        std::size_t kind = 0;
        std::size_t choice = 0;  ///< of no account where the kind's choices are not listed yet
    };
    /// Least energy and latency before and behind a stack, for each edge that does one of its kind.
    using Surroundings = std::vector<std::vector<StackCost>>;

    void begin();
    Surroundings surroundings() const;
    std::vector<Task> open_tasks(const Surroundings& around);
    std::vector<Task> open_tasks(std::size_t kind, const std::vector<StackCost>& rests);
    std::vector<Task> open_kinds(const Surroundings& around);
    double least_value(const std::vector<StackCost>& rests, StackCost cost) const;
    std::size_t choices_left() const;
    static bool is_more_promising(const Task& a, const Task& b);
    static void leave_most_promising(std::vector<Task>& tasks, std::size_t count);
    std::vector<std::size_t> longest_first(const std::vector<Task>& tasks) const;
    void list(const std::vector<Task>& tasks);
    void plan(const std::vector<Task>& tasks, const Surroundings& around);
    void note_paths();
    std::vector<CutPath> final_paths() const;
    StackOffers offers() const;
    const OpenStack& open(std::size_t kind) const { return open_[kinds_.first[kind]]; }
    std::vector<TileSize> tiles_of(const OpenStack& open) const;

    const CandidateSetting& setting_;
    const CutGraph& cuts_;
    const std::vector<OpenStack>& open_;
    const OptimizeOptions& options_;
    Passage passage_;
    TileSize largest_;  ///< map of any stack
    StackKinds kinds_;
    std::vector<StackCandidates> candidates_;
    std::vector<std::vector<CutGraph::Edge>> edges_;  ///< of each kind
    BestKnown best_;
    std::size_t planned_ = 0;
    std::size_t rounds_ = 0;
    std::string reason_;
};

}  // namespace plumbline::detail
