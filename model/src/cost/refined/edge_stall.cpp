// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/edge_stall.hpp"

#include <algorithm>

#include "cost/refined/blocks/block_port_time.hpp"
#include "cost/refined/blocks/edge_blocks.hpp"

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
      least_{iteration + model.lanes.at_edges.cycles[model.lanes.at_edges.sets() - 1] - model.lanes.iteration.cycles},
      most_{iteration + model.lanes.at_edges.cycles[0] - model.lanes.iteration.cycles}
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
    const PerLoopDim<DimLanes>& lanes = model_.lanes.operand[link.operand].level[link.level];
    const EdgeBlocks blocks{model_.layer.sizes, lanes, cuts_[link.operand], link.advance};
    const TransferSlots slots{model_, transfer};
    const auto find_slots = [&](EdgeSet edges) { return slots.of(blocks.steps(), blocks.sizes(edges)); };
    const auto find_iteration = [&](EdgeSet edges) { return iteration_over(blocks.sizes(edges), model_.lanes); };
    BySize slots_of{blocks.sets(), find_slots};
    BySize iteration_of{blocks.sets(), find_iteration};
    blocks.for_each_change([&](EdgeSet before, EdgeSet after, double share) {
        const double more_slots = slots_of(transfer.fill ? after : before) - transfer.ports->slots();
        const double more_time = iteration_of(transfer.fill ? before : after) - model_.lanes.iteration.cycles;
        cases.add({more_slots - iterations * more_time, share});
    });
    return cases;
}

/// One of those that are known, where it is as long or there is no space left.
void EdgeStalls::Cases::add(const Case& more)
{
    for (std::size_t i = 0; i < count; ++i) {
        Case& known = each[i];
        if (known.longer != more.longer && i + 1 < each.size()) continue;
        known.longer = (known.longer * known.share + more.longer * more.share) / (known.share + more.share);
        known.share += more.share;
        return;
    }
    each[count++] = more;
}

}  // namespace plumbline::detail::refined
