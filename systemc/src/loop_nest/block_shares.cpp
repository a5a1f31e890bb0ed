// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/block_shares.hpp"

#include <algorithm>

namespace plumbline::sim {
namespace {

/// Shares along independent axes multiply.
std::vector<Share> product(const std::vector<Share>& a, const std::vector<Share>& b)
{
    std::map<std::int64_t, std::int64_t, std::greater<>> instances_of;
    for (Share x : a) {
        for (Share y : b) instances_of[x.elements * y.elements] += x.instances * y.instances;
    }
    std::vector<Share> all;
    all.reserve(instances_of.size());
    for (auto [elements, instances] : instances_of) all.push_back({elements, instances});
    return all;
}

std::vector<Share> collect(const std::vector<std::int64_t>& elements_per_group)
{
    std::map<std::int64_t, std::int64_t, std::greater<>> instances_of;
    for (std::int64_t elements : elements_per_group) {
        if (elements > 0) ++instances_of[elements];
    }
    std::vector<Share> all;
    all.reserve(instances_of.size());
    for (auto [elements, instances] : instances_of) all.push_back({elements, instances});
    return all;
}

/// Features that positions and window offsets reach: distinct, since windows overlap. \param edges null where all are there, one a
/// position
std::int64_t features(const SlidingAxis& axis, const MapEdges* edges, const std::vector<std::int64_t>& positions,
                      const std::vector<std::int64_t>& offsets)
{
    std::vector<std::int64_t> reached;
    reached.reserve(positions.size() * offsets.size());
    for (std::int64_t position : positions) {
        for (std::int64_t offset : offsets) {
            const std::int64_t at = axis.stride * position + axis.dilation * offset;
            if (edges == nullptr) reached.push_back(at);
            if (edges != nullptr && edges->inside(at)) reached.push_back(edges->feature(at));
        }
    }
    std::sort(reached.begin(), reached.end());
    return std::unique(reached.begin(), reached.end()) - reached.begin();
}

}  // namespace

BlockShares::BlockShares(const IterationSpace& space, const OperandView& view, std::size_t position, std::size_t cut,
                         Copies copies)
    : space_{&space},
      view_{&view},
      position_{position},
      cut_{cut},
      copies_{copies}
{
    const std::vector<MapEdges> edges = map_edges(space, view);
    for (std::size_t i = 0; i < view.operand->sliding.size(); ++i)
        add_axis(view.operand->sliding[i], edges.empty() ? nullptr : &edges[i]);
    for (LoopDim dim : kAllLoopDims) {
        const bool relevant = view.operand->relevant.contains(dim);
        if (relevant || !view.depends_on(dim)) add_axis(dim, relevant);
    }
    key_.resize(axes_.size());
}

std::int64_t BlockShares::blocks(LoopDim dim) const
{
    return space_->iterations_below(space_->loops().size(), dim) / block_length(dim);
}

std::int64_t BlockShares::lane_groups(LoopDim dim) const { return space_->lanes(dim) / view_->lanes_inside[cut_][dim]; }

std::vector<std::int64_t> BlockShares::indices(LoopDim dim, std::int64_t block, std::int64_t lane_group) const
{
    const std::int64_t inside = view_->lanes_inside[cut_][dim];
    const std::int64_t length = block_length(dim);
    std::vector<std::int64_t> all;
    for (std::int64_t step = block * length; step < (block + 1) * length; ++step) {
        const std::int64_t begin = step * space_->lanes(dim) + lane_group * inside;
        const std::int64_t end = std::min(begin + inside, space_->size(dim));
        for (std::int64_t index = begin; index < end; ++index) all.push_back(index);
    }
    return all;
}

void BlockShares::classify(Axis& axis, std::vector<Share> shares)
{
    const auto found = std::find(axis.kinds.begin(), axis.kinds.end(), shares);
    axis.kind.push_back(static_cast<std::size_t>(found - axis.kinds.begin()));
    if (found == axis.kinds.end()) axis.kinds.push_back(std::move(shares));
}

void BlockShares::add_axis(LoopDim dim, bool relevant)
{
    Axis axis;
    axis.outer = axis.inner = dim;
    axis.inner_blocks = 0;
    for (std::int64_t block = 0; block < blocks(dim); ++block) {
        std::vector<std::int64_t> elements;
        for (std::int64_t group = 0; group < lane_groups(dim); ++group) {
            const auto count = static_cast<std::int64_t>(indices(dim, block, group).size());
            elements.push_back(relevant ? count : std::min<std::int64_t>(count, 1));
            if (!relevant && copies_ == Copies::one_instance) break;
        }
        classify(axis, collect(elements));
    }
    axes_.push_back(std::move(axis));
}

void BlockShares::add_axis(const SlidingAxis& sliding, const MapEdges* edges)
{
    Axis axis;
    axis.outer = sliding.position;
    axis.inner = sliding.window;
    axis.inner_blocks = blocks(sliding.window);
    for (std::int64_t position = 0; position < blocks(sliding.position); ++position) {
        for (std::int64_t window = 0; window < axis.inner_blocks; ++window) {
            std::vector<std::int64_t> elements;
            for (std::int64_t x = 0; x < lane_groups(sliding.position); ++x) {
                for (std::int64_t f = 0; f < lane_groups(sliding.window); ++f) {
                    elements.push_back(features(sliding, edges, indices(sliding.position, position, x),
                                                indices(sliding.window, window, f)));
                }
            }
            classify(axis, collect(elements));
        }
    }
    axes_.push_back(std::move(axis));
}

BlockShares::Shape BlockShares::shape(const LoopSizes& steps)
{
    for (std::size_t i = 0; i < axes_.size(); ++i) {
        const Axis& axis = axes_[i];
        std::int64_t block = steps[axis.outer] / block_length(axis.outer);
        if (axis.inner_blocks > 0) block = block * axis.inner_blocks + steps[axis.inner] / block_length(axis.inner);
        key_[i] = axis.kind[static_cast<std::size_t>(block)];
    }
    const auto [entry, added] = known_.try_emplace(key_, shapes_.size());
    if (added) {
        std::vector<Share> shares{{1, 1}};
        for (std::size_t i = 0; i < axes_.size(); ++i) shares = product(shares, axes_[i].kinds[key_[i]]);
        shapes_.push_back(std::move(shares));
    }
    return entry->second;
}

std::int64_t BlockShares::most_elements() const
{
    std::int64_t most = 1;
    for (const Axis& axis : axes_) {
        std::int64_t along = 0;
        for (const auto& kind : axis.kinds) {
            if (!kind.empty()) along = std::max(along, kind.front().elements);
        }
        most *= along;
    }
    return most;
}

}  // namespace plumbline::sim
