// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/edge_stall.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "cost/refined/blocks/block_port_time.hpp"
#include "cost/refined/blocks/edge_blocks.hpp"
#include "cost/refined/blocks/padded_changes.hpp"

namespace plumbline::detail::refined {
namespace {

/// Slots of a transfer, by the size of its block.
class TransferSlots {
public:
    TransferSlots(const Model& model, const BlockTransfer& transfer)
        : facts_{model.layer.operand[transfer.link->operand]},
          lanes_{model.lanes.operand[transfer.link->operand]},
          level_{transfer.link->level},
          below_{transfer.fill ? Direction::write_from_up : Direction::read_up},
          above_{transfer.fill ? Direction::read_down : Direction::write_from_down},
          bits_{transfer.ports == &transfer.link->drain_final ? facts_.final_precision : facts_.precision}
    {}

    double of(const LoopSizes& steps, const LoopSizes& sizes) const
    {
        const auto at = [&](std::size_t level, Direction direction) {
            const BlockPortTime time{facts_, lanes_, level, steps, sizes};
            return time.first_slots(facts_.port_at(level, direction), bits_);
        };
        return std::max(at(level_, below_), at(level_ + 1, above_));
    }

private:
    const OperandFacts& facts_;
    const OperandLanes& lanes_;
    std::size_t level_;
    Direction below_;
    Direction above_;
    std::int64_t bits_;
};

/// Slots of fills of blocks that windows at edges of a map make smaller, and of what iterations read of the blocks before.
class PaddedSlots {
public:
    /// When one block takes the place of another.
    struct Change {
        double fill;         ///< slots
        double read_before;  ///< cycles in which an iteration reads the block that goes
        double share;        ///< of all changes
    };

    PaddedSlots(const Model& model, const LoopCut& cut, const BlockLink& link)
        : model_{model},
          facts_{model.layer.operand[link.operand]},
          lanes_{model.lanes.operand[link.operand]},
          cut_{cut},
          link_{link},
          others_{sizes_of(lanes_.relevant, model.layer.sizes), lanes_.level[link.level], cut, link.advance},
          steps_{others_.steps()}
    {
        read_ = BlockPortTime{facts_, lanes_, 0, kUnitLoopSizes}.most_elements() /
                BlockPortTime{facts_, lanes_, link.level, steps_}.most_elements();
        for (const SlidingAxis& axis : facts_.operand->sliding)
            single_ = single_ && steps_[axis.position] == 1 && steps_[axis.window] == 1;
    }

    /// Cycles of an iteration on average, where its reads are what it waits for, and all of a visit reach the same features; else 0.
    double mean_read(double iteration) const
    {
        const int port = lanes_.port[0][Direction::read_down];
        if (link_.level != 0 || port == kNoPort || !single_) return 0;
        double mean = 0;
        const BlockPortTime step{facts_, lanes_, 0, kUnitLoopSizes};
        step.for_each_size(facts_.port_at(0, Direction::read_down), facts_.precision,
                           [&](double slots, double share) { mean += share * std::max(1.0, slots); });
        return mean >= iteration - kSumNoise ? mean : 0;
    }

    template <class Visit>
    void for_each_change(Visit visit) const
    {
        for_each_advance(cut_, link_.advance,
                         [&](std::size_t i, double share) { for_each_change_at(i, share, visit); });
    }

private:
    /// Elements of the instance with most.
    struct Pair {
        double before;
        double after;
        double after_above;  ///< of the level above
        double share;
    };

    static LoopSizes sizes_of(const DimList& dims, const LoopSizes& tile)
    {
        LoopSizes sizes = kUnitLoopSizes;
        for (LoopDim dim : dims) sizes[dim] = tile[dim];
        return sizes;
    }

    template <class Visit>
    void for_each_change_at(std::size_t advancing, double share, Visit& visit) const
    {
        std::vector<Pair> pairs;
        others_.for_each_change_at(advancing, share, [&](EdgeSet before, EdgeSet after, double part) {
            pairs.push_back(
                {others_at(link_.level, before), others_at(link_.level, after), others_at(level_above(), after), part});
        });
        for (std::size_t i = 0; i < facts_.operand->sliding.size(); ++i) {
            std::vector<Pair> more;
            for (const BlockPair& along : pairs_along(facts_.operand->sliding[i], blocks_along(i, link_.level),
                                                      blocks_along(i, level_above()), cut_, link_.advance, advancing))
                for (const Pair& pair : pairs)
                    more.push_back(
                        {pair.before * static_cast<double>(along.before), pair.after * static_cast<double>(along.after),
                         pair.after_above * static_cast<double>(along.after_above), pair.share * along.share});
            pairs = std::move(more);
        }
        for (const Pair& pair : pairs)
            visit(
                {fill_slots(pair), std::max(1.0, slots_at(0, Direction::read_down, read_ * pair.before)), pair.share});
    }

    /// Of a feature along the dimensions that no window slides along.
    double others_at(std::size_t level, EdgeSet edges) const
    {
        const LoopSizes sizes = others_.sizes(edges);
        double elements = 1;
        for (LoopDim dim : lanes_.relevant) {
            const DimLanes& seen = lanes_.level[level][dim];
            const std::int64_t of_dim =
                sizes[dim] / seen.lanes * seen.inside + std::min(sizes[dim] % seen.lanes, seen.inside);
            elements *= static_cast<double>(of_dim);
        }
        return elements;
    }

    /// Whose instances hold what is read above.
    std::size_t level_above() const { return lanes_.as_below[link_.level + 1] ? link_.level : link_.level + 1; }

    const PaddedBlocks& blocks_along(std::size_t axis, std::size_t level) const
    {
        const SlidingAxis& sliding = facts_.operand->sliding[axis];
        return lanes_.padded[level][axis].blocks(steps_[sliding.position], steps_[sliding.window]);
    }

    double slots_at(std::size_t level, Direction direction, double elements) const
    {
        if (lanes_.port[level][direction] == kNoPort) return 0;
        return BlockPortTime::slots_of(facts_.port_at(level, direction), facts_.precision, elements);
    }

    double fill_slots(const Pair& pair) const
    {
        const double below = slots_at(link_.level, Direction::write_from_up, pair.after);
        return std::max(below, slots_at(link_.level + 1, Direction::read_down, pair.after_above));
    }

    const Model& model_;
    const OperandFacts& facts_;
    const OperandLanes& lanes_;
    const LoopCut& cut_;
    const BlockLink& link_;
    EdgeBlocks others_;  ///< along the dimensions that no window slides along
    LoopSizes steps_;
    double read_ = 1;     ///< part of a block that an iteration reads
    bool single_ = true;  ///< windows and offsets of a block: one each
};

/// Mean cycles of the iterations over a part of the tile.
double iteration_over(const LoopSizes& part, const Lanes& lanes)
{
    const EdgeIterations& edges = lanes.at_edges;
    double mean = 0;
    for (std::size_t some = 0; some < edges.sets(); ++some) {
        double share = 1;
        for (std::size_t i = 0; i < edges.dims.count; ++i) {
            const LoopDim dim = edges.dims.dim[i];
            const std::int64_t all = lanes.operand[0].level[0][dim].lanes;
            const double last = part[dim] % all == 0 ? 0 : 1 / static_cast<double>(divide_up(part[dim], all));
            share *= (some >> i & 1) != 0 ? last : 1 - last;
        }
        mean += share * edges.cycles[some];
    }
    return mean;
}

/// What depends on the size of a block, found once for each size.
template <class Find>
class BySize {
public:
    BySize(std::size_t sets, const Find& find) : find_{find} { std::fill_n(known_.begin(), sets, kUnknown); }

    double operator()(EdgeSet edges)
    {
        double& known = known_[edges];
        if (known == kUnknown) known = find_(edges);
        return known;
    }

private:
    static constexpr double kUnknown = -1;
    const Find& find_;
    std::array<double, EdgeBlocks::kMostSets> known_;  // not initialised beyond the sets
};

double iterations_below(const LoopCut& cut, std::size_t position)
{
    double iterations = 1;
    for (std::size_t i = 0; i < position; ++i) iterations *= static_cast<double>(cut.loops[i].size);
    return iterations;
}

}  // namespace

EdgeStalls::EdgeStalls(const Model& model, const LoopCuts& cuts, const BlockLinks& links, double iteration)
    : model_{model},
      cuts_{cuts},
      links_{links},
      iteration_{iteration},
      least_{iteration + model.lanes.at_edges.cycles[model.lanes.at_edges.sets() - 1] -
             model.lanes.iteration.all.cycles},
      most_{iteration + model.lanes.at_edges.cycles[0] - model.lanes.iteration.all.cycles}
{}

double EdgeStalls::mean(const BlockTransfer& transfer, double longer)
{
    const BlockLink& link = *transfer.link;
    const double slots = transfer.ports->slots();
    const double iterations = iterations_below(cuts_[link.operand], link.window());
    const bool never = longer + link.most - slots + iterations * (iteration_ - least_) <= 0;
    const bool always = longer + link.least - slots + iterations * (iteration_ - most_) >= 0;
    if (never || always) return std::max(0.0, longer);
    const Cases& cases = cases_of(transfer, iterations);
    double mean = 0;
    for (std::size_t i = 0; i < cases.count; ++i)
        mean += cases.each[i].share * std::max(0.0, longer + cases.each[i].longer);
    return mean;
}

const EdgeStalls::Cases& EdgeStalls::cases_of(const BlockTransfer& transfer, double iterations)
{
    const BlockLink& link = *transfer.link;
    const auto index = static_cast<std::size_t>(&link - links_.link.data());
    const std::size_t kind = transfer.fill ? 0 : transfer.ports == &link.drain_partial ? 1 : 2;
    Cases& cases = cases_[index][kind];
    if (known_[index][kind]) return cases;
    known_[index][kind] = true;
    cases.count = 0;
    const bool padded = !model_.lanes.operand[link.operand].padded[link.level].empty();
    padded ? add_padded_cases(cases, transfer, iterations) : add_cases(cases, transfer, iterations);
    return cases;
}

void EdgeStalls::add_cases(Cases& cases, const BlockTransfer& transfer, double iterations) const
{
    const BlockLink& link = *transfer.link;
    const PerLoopDim<DimLanes>& lanes = model_.lanes.operand[link.operand].level[link.level];
    const EdgeBlocks blocks{model_.layer.sizes, lanes, cuts_[link.operand], link.advance};
    const TransferSlots slots{model_, transfer};
    const auto find_slots = [&](EdgeSet edges) { return slots.of(blocks.steps(), blocks.sizes(edges)); };
    const auto find_iteration = [&](EdgeSet edges) { return iteration_over(blocks.sizes(edges), model_.lanes); };
    BySize slots_of{blocks.sets(), find_slots};
    BySize iteration_of{blocks.sets(), find_iteration};
    blocks.for_each_change([&](EdgeSet before, EdgeSet after, double share) {
        const double more_slots = slots_of(transfer.fill ? after : before) - transfer.ports->slots();
        const double more_time = iteration_of(transfer.fill ? before : after) - model_.lanes.iteration.all.cycles;
        cases.add({more_slots - iterations * more_time, share});
    });
}

void EdgeStalls::add_padded_cases(Cases& cases, const BlockTransfer& transfer, double iterations) const
{
    const BlockLink& link = *transfer.link;
    const PaddedSlots slots{model_, cuts_[link.operand], link};
    const double mean = transfer.ports->slots();
    const double mean_read = slots.mean_read(iteration_);
    double shares = 0;
    slots.for_each_change([&](const PaddedSlots::Change& change) { shares += change.fill > 0 ? change.share : 0; });
    slots.for_each_change([&](const PaddedSlots::Change& change) {
        const double more_time = mean_read > 0 ? iterations * (change.read_before - mean_read) : 0;
        if (change.fill > 0) cases.add({change.fill - mean - more_time, change.share / shares});
    });
}

/// The one that is closest, where one is as long or there is no space left.
void EdgeStalls::Cases::add(const Case& more)
{
    Case* closest = nullptr;
    for (std::size_t i = 0; i < count; ++i)
        if (closest == nullptr || std::abs(each[i].longer - more.longer) < std::abs(closest->longer - more.longer))
            closest = &each[i];
    if (closest == nullptr || (closest->longer != more.longer && count < each.size())) {
        each[count++] = more;
        return;
    }
    const double share = closest->share + more.share;
    closest->longer = (closest->longer * closest->share + more.longer * more.share) / share;
    closest->share = share;
}

}  // namespace plumbline::detail::refined
