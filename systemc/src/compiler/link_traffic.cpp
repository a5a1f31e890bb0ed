// SPDX-License-Identifier: Apache-2.0
#include "compiler/link_traffic.hpp"

#include <algorithm>

#include "chunk_timing/chunk_pattern.hpp"

namespace plumbline::sim {
namespace {

std::vector<InstanceBits> in_bits(const std::vector<Share>& shares, Bits precision)
{
    std::vector<InstanceBits> all;
    all.reserve(shares.size());
    for (Share share : shares) all.push_back({share.elements * precision.count(), share.instances});
    return all;
}

/// Whether an operand before it is held in the same memories.
bool is_second(const std::vector<OperandView>& views, std::size_t index)
{
    return std::any_of(views.begin(), views.begin() + static_cast<std::ptrdiff_t>(index),
                       [&](const OperandView& each) { return each.memory_operand == views[index].memory_operand; });
}

RepeatedRounds rounds_of(const IterationSpace& space, const OperandView& view, const Visits& visits)
{
    const DimSet reduced = view.is_output() ? reduced_by(view) : DimSet{};
    return {space, reduced, std::max(kRecurring, visits.iterations()), map_edges(space, view)};
}

std::int64_t elements_in(const std::vector<Share>& shares)
{
    std::int64_t sum = 0;
    for (Share share : shares) sum += share.elements * share.instances;
    return sum;
}

}  // namespace

MacTraffic::MacTraffic(const Layer& layer, const IterationSpace& space, const OperandView& view,
                       TransferTable& transfers)
    : space_{&space},
      view_{&view},
      transfers_{&transfers},
      precision_{precision_of(layer, view)},
      kept_{!view.is_output() && !transfers.accelerator().array().rereads_inputs},
      visits_{space, view, 0},
      shares_{space, view, 0, 0, Copies::every_instance}
{
    for (LoopDim dim : kAllLoopDims) {
        if (!view.depends_on(dim)) reduced_.push_back(dim);
    }
}

bool MacTraffic::first_accumulation(const LoopSizes& steps) const
{
    return std::all_of(reduced_.begin(), reduced_.end(), [&](LoopDim dim) { return steps[dim] == 0; });
}

bool MacTraffic::last_accumulation(const LoopSizes& steps) const
{
    return std::all_of(reduced_.begin(), reduced_.end(),
                       [&](LoopDim dim) { return steps[dim] + 1 == space_->busy_steps(dim); });
}

bool MacTraffic::stays(std::int64_t iteration) const
{
    if (!kept_) return false;
    return iteration % visits_.iterations() != 0 || !visits_.changes(iteration / visits_.iterations());
}

TransferId MacTraffic::read(std::int64_t iteration, const LoopSizes& steps)
{
    if (stays(iteration)) return kNoTransfer;
    if (view_->is_output() && first_accumulation(steps)) return kNoTransfer;
    return transfer(Kind::read, steps);
}

TransferId MacTraffic::write(const LoopSizes& steps)
{
    if (!view_->is_output()) return kNoTransfer;
    return transfer(last_accumulation(steps) ? Kind::write_final : Kind::write_partial, steps);
}

TransferId MacTraffic::transfer(Kind kind, const LoopSizes& steps)
{
    constexpr TransferId kUnknown = -2;
    std::vector<TransferId>& known = known_[static_cast<std::size_t>(kind)];
    const BlockShares::Shape shape = shares_.shape(steps);
    if (shape >= known.size()) known.resize(shape + 1, kUnknown);
    if (known[shape] != kUnknown) return known[shape];
    const std::vector<Share>& shares = shares_.shares(shape);
    if (shares.empty() || precision_.none()) return known[shape] = kNoTransfer;
    const Direction direction = kind == Kind::read ? Direction::read_down : Direction::write_from_down;
    const Bits precision = kind == Kind::write_final ? precision_.final : precision_.partial;
    Access access = access_through(transfers_->accelerator(), view_->levels.front(), view_->memory_operand, direction,
                                   in_bits(shares, precision));
    if (kind == Kind::write_final) access.finished = elements_in(shares);
    return known[shape] = transfers_->add({std::move(access)});
}

LinkTraffic::LinkTraffic(const Layer& layer, const IterationSpace& space, const OperandView& view, StreamId stream,
                         std::size_t level, std::int64_t depth, TransferTable& transfers)
    : view_{&view},
      stream_{stream},
      level_{level},
      depth_{depth},
      transfers_{&transfers},
      precision_{precision_of(layer, view)},
      visits_{space, view, view.cut[level]},
      filled_{space, view, view.cut[level], level, view.is_output() ? Copies::one_instance : Copies::every_instance},
      fetched_{space, view, view.cut[level], level + 1,
               view.is_output() ? Copies::one_instance : Copies::every_instance},
      drained_{space, view, view.cut[level], level, Copies::every_instance},
      collected_{space, view, view.cut[level], level + 1, Copies::every_instance},
      fills_{rounds_of(space, view, visits_), visits_.iterations()},
      drains_{rounds_of(space, view, visits_), visits_.iterations()}
{}

TransferId LinkTraffic::fill(std::int64_t visit)
{
    if (!recurs(visit)) return find_fill(visit);
    return fills_.at(visit, [&] { return find_fill(visit); });
}

TransferId LinkTraffic::drain(std::int64_t visit)
{
    if (!recurs(visit)) return find_drain(visit);
    return drains_.at(visit, [&] { return find_drain(visit); });
}

/// Whether the first block of a round changes depends on the round before.
bool LinkTraffic::recurs(std::int64_t visit) const { return visit % fills_.items() != 0; }

TransferId LinkTraffic::find_fill(std::int64_t visit)
{
    const bool needed = view_->is_output() ? !visits_.begins(visit) : visits_.changes(visit);
    return needed ? transfer(Kind::fill, filled_, fetched_, visits_.steps(visit)) : kNoTransfer;
}

TransferId LinkTraffic::find_drain(std::int64_t visit)
{
    if (!view_->is_output()) return kNoTransfer;
    const Kind kind = visits_.completes(visit) ? Kind::drain_final : Kind::drain_partial;
    return transfer(kind, drained_, collected_, visits_.steps(visit));
}

TransferId LinkTraffic::transfer(Kind kind, BlockShares& lower, BlockShares& upper, const LoopSizes& steps)
{
    const std::array<std::size_t, 3> key{static_cast<std::size_t>(kind), lower.shape(steps), upper.shape(steps)};
    const auto [entry, added] = known_.try_emplace(key, kNoTransfer);
    if (!added || precision_.none() || lower.shares(key[1]).empty()) return entry->second;
    return entry->second = transfers_->add(moved(kind, lower.shares(key[1]), upper.shares(key[2])));
}

std::vector<Access> LinkTraffic::moved(Kind kind, const std::vector<Share>& lower,
                                       const std::vector<Share>& upper) const
{
    const bool down = kind == Kind::fill;
    const Bits precision = kind == Kind::drain_final ? precision_.final : precision_.partial;
    const plumbline::Accelerator& accelerator = transfers_->accelerator();
    Access below = access_through(accelerator, view_->levels[level_], view_->memory_operand,
                                  down ? Direction::write_from_up : Direction::read_up, in_bits(lower, precision));
    Access above = access_through(accelerator, view_->levels[level_ + 1], view_->memory_operand,
                                  down ? Direction::read_down : Direction::write_from_down, in_bits(upper, precision));
    if (kind == Kind::drain_final) above.finished = elements_in(upper);
    if (down) return {std::move(above), std::move(below)};
    return {std::move(below), std::move(above)};
}

std::vector<MapEdges> LayerTraffic::edges(const IterationSpace& space) const
{
    std::vector<MapEdges> all;
    for (const MacTraffic& mac : macs) {
        const std::vector<MapEdges> own = map_edges(space, mac.view());
        all.insert(all.end(), own.begin(), own.end());
    }
    return all;
}

bool is_fine(const LinkTraffic& link) { return link.visits().iterations() < kCoarseVisit && link.visits().count() > 1; }

LayerTraffic::LayerTraffic(const Layer& layer, const IterationSpace& space, const std::vector<OperandView>& views,
                           const LinkDepths& depths, TransferTable& transfers)
{
    for (std::size_t i = 0; i < views.size(); ++i) {
        macs.emplace_back(layer, space, views[i], transfers);
        const StreamId stream = stream_of(views[i].memory_operand, is_second(views, i));
        for (std::size_t level = 0; level + 1 < views[i].levels.size(); ++level) {
            links.emplace_back(layer, space, views[i], stream, level, depths[i][level], transfers);
        }
    }
}

}  // namespace plumbline::sim
