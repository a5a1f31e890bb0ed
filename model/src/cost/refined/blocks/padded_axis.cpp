// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/blocks/padded_axis.hpp"

#include <algorithm>
#include <functional>

#include "description/map_edges.hpp"

namespace plumbline::detail::refined {
namespace {

/// Visits the indices of a share.
template <class Visit>
void for_each_index(const DimLanes& dim, const DimShare& share, std::int64_t first, Visit visit)
{
    for (std::int64_t step = 0; step <= share.steps; ++step) {
        const std::int64_t busy = step < share.steps ? dim.inside : share.extra;
        for (std::int64_t lane = 0; lane < busy; ++lane) visit(first + step * dim.lanes + lane);
    }
}

std::int64_t last_index(const DimLanes& dim, const DimShare& share, std::int64_t first)
{
    if (share.extra > 0) return first + share.steps * dim.lanes + share.extra - 1;
    return first + (share.steps - 1) * dim.lanes + dim.inside - 1;
}

/// As many sizes as a block has along an axis without edges: full ones and those at the end, of positions and of offsets.
constexpr std::size_t kMostSizes = 4;

/// Joins the last one where there are too many.
void add_size(std::vector<GranuleSum::Share>& sizes, const GranuleSum::Share& size)
{
    if (sizes.size() < kMostSizes) return sizes.push_back(size);
    GranuleSum::Share& last = sizes.back();
    last = {(last.elements * last.count + size.elements * size.count) / (last.count + size.count),
            last.count + size.count};
}

}  // namespace

PaddedAxis::PaddedAxis(const SlidingAxis& axis, AxisPadding padding, const DimLanes& positions, const DimLanes& offsets)
    : axis_{axis},
      positions_{positions},
      offsets_{offsets},
      begin_{padding.before},
      end_{window_span(axis, positions.size, offsets.size) - padding.behind},
      phase_{padding.phase}
{}

PaddedAxis::Parts PaddedAxis::parts(const DimLanes& dim, std::int64_t first_step, std::int64_t steps)
{
    Parts parts;
    const std::int64_t left = dim.size - first_step * dim.lanes;
    const std::int64_t whole = std::min(steps, left / dim.lanes);
    const std::int64_t busy = whole < steps ? left - whole * dim.lanes : 0;
    for (std::int64_t group = 0; group < dim.instances(); ++group) {
        const std::int64_t extra = std::clamp<std::int64_t>(busy - group * dim.inside, 0, dim.inside);
        const bool filled = extra == dim.inside;
        const DimShare share{filled ? whole + 1 : whole, filled ? 0 : extra, 1};
        if (share.steps > 0 || share.extra > 0) parts.push_back({share, first_step * dim.lanes + group * dim.inside});
    }
    return parts;
}

std::int64_t PaddedAxis::features_between(const Part& position, const Part& offset) const
{
    const std::int64_t first = axis_.stride * position.first + axis_.dilation * offset.first;
    const std::int64_t last = axis_.stride * last_index(positions_, position.share, position.first) +
                              axis_.dilation * last_index(offsets_, offset.share, offset.first);
    if (axis_.upsampling == 1 && first >= begin_ && last < end_)
        return features(axis_, positions_, position.share, offsets_, offset.share);
    if (first >= end_ || last < begin_) return 0;
    return marked_between(position, offset);
}

std::int64_t PaddedAxis::marked_between(const Part& position, const Part& offset) const
{
    std::vector<bool> marked(static_cast<std::size_t>((end_ - begin_ + phase_ - 1) / axis_.upsampling + 1));
    for_each_index(positions_, position.share, position.first, [&](std::int64_t at) {
        for_each_index(offsets_, offset.share, offset.first, [&](std::int64_t tap) {
            const std::int64_t reached = axis_.stride * at + axis_.dilation * tap;
            if (reached < begin_ || reached >= end_) return;
            marked[static_cast<std::size_t>((reached - begin_ + phase_) / axis_.upsampling)] = true;
        });
    });
    return std::count(marked.begin(), marked.end(), true);
}

PaddedBlocks PaddedAxis::count(const std::vector<Parts>& positions, const std::vector<Parts>& offsets) const
{
    std::map<std::int64_t, double> instances;
    std::map<std::int64_t, double, std::greater<>> blocks;
    PaddedBlocks counted;
    counted.offset_blocks = offsets.size();
    for (const Parts& position : positions)
        for (const Parts& offset : offsets) {
            std::int64_t most = 0;
            for (const Part& at : position)
                for (const Part& tap : offset) {
                    const std::int64_t found = features_between(at, tap);
                    if (found > 0) ++instances[found];
                    most = std::max(most, found);
                }
            ++blocks[most];
            counted.largest.push_back(most);
        }
    for (const auto& [elements, count] : instances) counted.shares.push_back({static_cast<double>(elements), count});
    const auto all = static_cast<double>(positions.size() * offsets.size());
    for (const auto& [elements, count] : blocks) add_size(counted.sizes, {static_cast<double>(elements), count / all});
    return counted;
}

template <class Find>
const PaddedBlocks& PaddedAxis::once(const Key& key, Find find) const
{
    const std::lock_guard lock{known_->mutex};
    auto& known = known_->blocks[key];
    if (known == nullptr) known = std::make_unique<const PaddedBlocks>(find());
    return *known;
}

const PaddedBlocks& PaddedAxis::blocks(std::int64_t position_steps, std::int64_t offset_steps) const
{
    const auto all_parts = [](const DimLanes& dim, std::int64_t steps) {
        std::vector<Parts> all;
        for (std::int64_t step = 0; step * dim.lanes < dim.size; step += steps) all.push_back(parts(dim, step, steps));
        return all;
    };
    return once({position_steps, offset_steps, 0, 0, 0, false},
                [&] { return count(all_parts(positions_, position_steps), all_parts(offsets_, offset_steps)); });
}

const PaddedBlocks& PaddedAxis::staying(const Advance& advance, bool positions_advance) const
{
    const Key key{advance.here.steps, advance.there.steps, advance.loop_steps,
                  advance.loop_size,  advance.there_steps, positions_advance};
    return once(key, [&] {
        const BlockedDim& here = advance.here;
        const BlockedDim& there = advance.there;
        std::vector<Parts> moved;
        for (std::int64_t step = advance.loop_steps; step + here.steps <= here.dim.full_steps();
             step += advance.loop_steps) {
            if (step / advance.loop_steps % advance.loop_size == 0) continue;
            moved.push_back(parts(here.dim, step, here.steps));
        }
        std::vector<Parts> again;
        for (std::int64_t step = 0; step + advance.there_steps <= there.dim.full_steps(); step += advance.there_steps)
            again.push_back(parts(there.dim, step, there.steps));
        return positions_advance ? count(moved, again) : count(again, moved);
    });
}

}  // namespace plumbline::detail::refined
