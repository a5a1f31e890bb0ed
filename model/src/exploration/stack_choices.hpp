// SPDX-License-Identifier: Apache-2.0
// One stack, the tiles and modes that it can be given, and what of their costs is known: a bound at first, then the cost.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "exploration/bounds/stack_bound.hpp"
#include "exploration/cut_labels.hpp"
#include "planning/open_stack.hpp"

namespace plumbline::detail {

/// How far a choice has come.
enum class Standing : std::uint8_t {
    open,        ///< its bound is known
    begun,       ///< its bound knows what most of its tiles cost
    known,       ///< its cost is known
    infeasible,  ///< some layer fits no memory
    hopeless,    ///< costs so much that no schedule with it is best
};

struct Candidate {
    StackChoice choice;
    StackCost cost;  ///< a bound unless it is known
    Standing standing = Standing::open;
    std::string reason = {};  ///< why it is infeasible

    bool has_bound() const { return standing == Standing::open || standing == Standing::begun; }
};

/// Whether a schedule with a stack of at least this cost is of no interest.
using TooMuch = std::function<bool(StackCost)>;

/// What all stacks have in common.
struct CandidateSetting {
    const PlanSetting& plan;
    const Workload& workload;
};

class StackCandidates {
public:
    /// Both must outlive it.
    StackCandidates(const Passage& passage, const OpenStack& open);

    /// Bounds for each tile with each mode; to be called once.
    void list(const std::vector<TileSize>& tiles, const std::vector<OverlapMode>& modes);
    bool listed() const { return listed_; }

    const std::vector<Candidate>& all() const { return all_; }
    /// Plans a choice and predicts it, most of its tiles at first and all of them when it is asked for again; stops where it
    /// costs too much. The candidate, with what became of it.
    Candidate evaluated(const CandidateSetting& setting, std::size_t index, const TooMuch& too_much) const;
    void set(std::size_t index, Candidate candidate);
    void drop(const std::vector<std::size_t>& choices);
    /// No choice of it is of interest.
    void drop();

    /// Least energy and least latency of those that are known or open; infinite where there are none.
    StackCost least() const { return least_; }
    /// Choices with a bound; while they are not listed, one.
    std::size_t open() const { return open_; }
    /// Of what is known.
    const std::vector<StackOffer>& offers() const { return offers_; }

private:
    void renew();

    const OpenStack& stack_;
    StackFloor floor_;
    bool listed_ = false;
    bool dropped_ = false;
    std::size_t open_ = 1;
    StackCost least_;
    std::vector<Candidate> all_;
    std::vector<StackOffer> offers_;
};

}  // namespace plumbline::detail
