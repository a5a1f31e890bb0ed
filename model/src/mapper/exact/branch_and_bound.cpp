// SPDX-License-Identifier: Apache-2.0
#include "mapper/exact/branch_and_bound.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "cost/layer_evaluation.hpp"

namespace plumbline::detail {
namespace {

/// Quanta and sums of fractions are rounded: a bound is lowered by as much, and what is no better than that is a tie.
constexpr double kSurely = 1 - 4e-12;
constexpr double kNothing = std::numeric_limits<double>::infinity();

/// Iterations of the outermost loops of a level that are alike, as an estimator of averages sees them.
struct Run {
    std::int64_t relevant = 1;
    std::int64_t irrelevant = 1;
};

/// A partial mapping on the way.
struct Node {
    PartialMapping mapping;
    std::array<bool, kMaxOperands> cut_here{};  ///< a link at this state
    std::array<Run, kMaxOperands> run;          ///< since its last cut
    std::vector<std::int64_t> history;          ///< of all cuts: operand, state and run
    Decision decision;                          ///< by which it came about
    PortCycles ports{};                         ///< of what is cut
    Quanta energy = 0;                          ///< at least
    std::int64_t latency = 0;                   ///< at least
};

class Branches {
public:
    /// \param bounds null where nobody asks for a proof
    /// \param least no mapping has less energy \param most none of more is looked at
    Branches(const MappingSpace& space, const LatencyBounds* bounds, const SearchOptions& options, Quanta least,
             Quanta most, SearchLimit& limit, BestDecisions& best)
        : space_{space},
          bounds_{bounds},
          options_{options},
          least_{least},
          most_{most},
          limit_{limit},
          best_{best}
    {}

    /// What the objective is at least in all that was not looked at.
    double run()
    {
        for (PartialMapping& mapping : space_.beginnings()) {
            Node node;
            node.mapping = std::move(mapping);
            node.energy = space_.bound(node.mapping);
            if (bounds_ != nullptr) node.ports = bounds_->at_macs();
            node.latency = least_latency(node, {});
            if (node.energy < kNever) explore(node);
        }
        if (stopped_) return open_;
        return kNothing;
    }

private:
    void explore(const Node& node)
    {
        stopped_ = stopped_ || limit_.reached();
        if (stopped_) {
            open_ = std::min(open_, bound_of(node).first);
            return;
        }
        if (hopeless(node) || known_before(node)) return;
        if (space_.complete(node.mapping)) return finish(node);
        for (const Node& next : children(node)) {
            path_.push_back(next.decision);
            explore(next);
            path_.pop_back();
        }
    }

    std::vector<Decision> with(const Decision& decision) const
    {
        std::vector<Decision> decisions = path_;
        decisions.push_back(decision);
        return decisions;
    }

    /// Those with the best bounds first.
    std::vector<Node> children(const Node& node) const
    {
        std::vector<Node> all;
        add_cuts(all, node);
        for (const LoopStep& step : space_.loops().steps_from(node.mapping.state)) add_step(all, node, step);
        for (Node& next : all) next.latency = std::max(node.latency, least_latency(next, with(next.decision)));
        std::stable_sort(all.begin(), all.end(), [&](const Node& a, const Node& b) {
            const Score one = bound_of(a);
            const Score other = bound_of(b);
            return one.better_than(other);
        });
        all.erase(std::remove_if(all.begin(), all.end(), [&](const Node& next) { return hopeless(next); }), all.end());
        return all;
    }

    /// At one state, links are cut in the order of their operands.
    void add_cuts(std::vector<Node>& all, const Node& node) const
    {
        std::size_t first = 0;
        for (std::size_t operand = 0; operand < space_.operands(); ++operand)
            if (node.cut_here[operand]) first = operand;
        for (std::size_t operand = first; operand < space_.operands(); ++operand) {
            const std::size_t link = node.mapping.cut[operand];
            if (link == space_.links(operand)) continue;
            Node next = node;
            if (!space_.cut(next.mapping, operand)) continue;
            next.cut_here[operand] = true;
            const Run run = next.run[operand];
            for (std::int64_t each : {static_cast<std::int64_t>(operand), static_cast<std::int64_t>(node.mapping.state),
                                      run.relevant, run.irrelevant})
                next.history.push_back(each);
            if (bounds_ != nullptr) bounds_->add_cut(next.ports, node.mapping, operand);
            if (space_.above(operand, link) > 0) next.run[operand] = {};
            next.decision = {true, static_cast<std::uint8_t>(operand), {}};
            keep(all, std::move(next));
        }
    }

    void add_step(std::vector<Node>& all, const Node& node, const LoopStep& step) const
    {
        for (std::size_t operand = 0; operand < space_.operands(); ++operand)
            if (node.cut_here[operand] && space_.irrelevant(operand, step.loop.dim)) return;
        Node next = node;
        if (!space_.add(next.mapping, step)) return;
        next.cut_here = {};
        for (std::size_t operand = 0; operand < space_.operands(); ++operand) {
            const OperandFacts& facts = space_.model().layer().operand[operand];
            Run& run = next.run[operand];
            run.relevant = facts.relevant(step.loop.dim) ? run.relevant * step.loop.size : 1;
            run.irrelevant = facts.irrelevant(step.loop.dim) ? run.irrelevant * step.loop.size : 1;
        }
        next.decision = {false, 0, step.loop};
        keep(all, std::move(next));
    }

    void keep(std::vector<Node>& all, Node&& next) const
    {
        next.energy = space_.bound(next.mapping);
        if (next.energy <= most_ && next.energy < kNever) all.push_back(std::move(next));
    }

    Score bound_of(const Node& node) const
    {
        if (options_.objective == Objective::energy)
            return {static_cast<double>(node.energy), static_cast<double>(node.latency)};
        const double energy = space_.picojoules(std::max(node.energy, least_)) * kSurely;
        return {objective_value(options_.objective, options_.weights, Picojoules{energy}, Cycles{node.latency}),
                energy};
    }

    /// Whether nothing better than the best so far can come of it. Of equal energies only the latency counts.
    bool hopeless(const Node& node) const
    {
        if (node.energy > most_) return true;
        if (!best_.found) return false;
        const Score bound = bound_of(node);
        if (options_.objective == Objective::energy) return bound.second >= best_.score.second;
        if (bound.first > best_.score.first) return true;
        return bound.first >= best_.score.first * kSurely && bound.second >= best_.score.second * kSurely;
    }

    bool known_before(const Node& node)
    {
        if (space_.model().windows_stay()) return false;
        std::vector<std::int64_t> key = node.history;
        key.push_back(node.mapping.state);
        key.push_back(node.mapping.overflowing);
        for (std::size_t operand = 0; operand < space_.operands(); ++operand) {
            key.push_back(node.run[operand].relevant);
            key.push_back(node.run[operand].irrelevant);
            key.push_back(node.cut_here[operand] ? 1 : 0);
        }
        constexpr std::size_t kMostKnown = 1 << 20;
        return known_.size() < kMostKnown ? !known_.insert(std::move(key)).second : known_.count(key) > 0;
    }

    void finish(const Node& node)
    {
        const FoundMapping found{space_, path_, node.mapping.overflowing};
        const Score score = score_of(space_, options_, found);
        if (best_.found && !score.better_than(best_.score)) return;
        best_ = {path_, node.mapping.overflowing, true, score};
    }

    /// Of the decisions so far, then the other loops in any order, below all links that are not cut yet.
    std::int64_t least_latency(const Node& node, std::vector<Decision> decisions) const
    {
        DecidedLinks decided;
        for (std::size_t operand = 0; operand < space_.operands(); ++operand) {
            const bool kept = space_.model().layer().operand[operand].kept;
            const std::size_t cut = node.mapping.cut[operand];
            decided.at_macs[operand] = !kept || cut > 0;
            decided.levels[operand] = kept && cut > 0 ? cut - 1 : cut;
            if (bounds_ != nullptr) decided.others[operand] = bounds_->first_or_last(node.mapping, operand);
        }
        const LoopSizes& below = space_.loops().below(node.mapping.state);
        for (LoopDim dim : kAllLoopDims) {
            const std::int64_t left = space_.loops().all()[dim] / below[dim];
            if (left > 1) decisions.push_back({false, 0, {dim, left}});
        }
        for (std::size_t operand = 0; operand < space_.operands(); ++operand)
            for (std::size_t link = node.mapping.cut[operand]; link < space_.links(operand); ++link)
                decisions.push_back({true, static_cast<std::uint8_t>(operand), {}});
        const FoundMapping found{space_, decisions, node.mapping.overflowing};
        const std::int64_t least = space_.model().least_latency(found.cuts(), decided);
        return bounds_ == nullptr ? least : std::max(least, least_by_ports(node));
    }

    std::int64_t least_by_ports(const Node& node) const
    {
        const double cycles = bounds_->least_port_cycles(node.ports, node.mapping) * kSurely;
        return space_.model().layer().dispatch + round_up(cycles, kSumNoise);
    }

    const MappingSpace& space_;
    const LatencyBounds* bounds_;
    const SearchOptions& options_;
    Quanta least_;
    Quanta most_;
    SearchLimit& limit_;
    BestDecisions& best_;
    std::vector<Decision> path_;
    std::set<std::vector<std::int64_t>> known_;
    bool stopped_ = false;
    double open_ = kNothing;  ///< least bound of what is left
};

}  // namespace

double branch_and_bound(const MappingSpace& space, const LatencyBounds& bounds, const SearchOptions& options,
                        Quanta least, SearchLimit& limit, BestDecisions& best)
{
    return Branches{space, &bounds, options, least, kNever, limit, best}.run();
}

void break_ties(const MappingSpace& space, const SearchOptions& options, Quanta energy, SearchLimit& limit,
                BestDecisions& best)
{
    Branches{space, nullptr, options, energy, energy, limit, best}.run();
}

double least_picojoules(const MappingSpace& space, Quanta energy) { return space.picojoules(energy) * kSurely; }

Score score_of(const MappingSpace& space, const SearchOptions& options, const FoundMapping& found)
{
    Evaluation evaluation{space.model(), found.cuts()};
    const double energy = evaluation.energy();
    return score_of(energy, Cycles{evaluation.latency(&space.ranges())}, options);
}

}  // namespace plumbline::detail
