// SPDX-License-Identifier: Apache-2.0
#include "loop_nest/repeated_rounds.hpp"

#include <algorithm>
#include <utility>

namespace plumbline::sim {
namespace {

std::size_t loops_of_at_least(const IterationSpace& space, std::int64_t iterations)
{
    std::size_t loops = 0;
    while (loops < space.loops().size() && space.iterations_below(loops) < iterations) ++loops;
    return loops;
}

}  // namespace

std::int64_t iterations_of_at_least(const IterationSpace& space, std::int64_t iterations)
{
    return space.iterations_below(loops_of_at_least(space, iterations));
}

RepeatedRounds::RepeatedRounds(const IterationSpace& space, DimSet reduced, std::int64_t at_least,
                               std::vector<MapEdges> edges)
    : space_{&space},
      reduced_{reduced},
      edges_{std::move(edges)},
      length_{iterations_of_at_least(space, at_least)}
{
    const std::size_t loops = loops_of_at_least(space, at_least);
    for (LoopDim dim : kAllLoopDims) steps_[dim] = space.iterations_below(loops, dim);
}

void RepeatedRounds::add_signs(std::vector<std::int64_t>& signs, std::int64_t round) const
{
    const LoopSizes steps = space_->at(round * length_);
    for (LoopDim dim : kAllLoopDims) {
        const std::int64_t along = steps[dim] / steps_[dim];
        const std::int64_t next = (along + 1) * steps_[dim];
        const bool inside = next * space_->lanes(dim) <= space_->size(dim);
        signs.push_back(inside ? -1 : along);
        if (!reduced_.contains(dim)) continue;
        signs.push_back(along == 0);
        signs.push_back(next >= space_->busy_steps(dim));
    }
    for (const MapEdges& edges : edges_) add_sign(signs, steps, edges);
}

void RepeatedRounds::add_sign(std::vector<std::int64_t>& signs, const LoopSizes& steps, const MapEdges& edges) const
{
    const SlidingAxis& axis = *edges.axis;
    const auto first = [&](LoopDim dim) { return steps[dim] * space_->lanes(dim); };
    const auto last = [&](LoopDim dim) {
        return std::min((steps[dim] + steps_[dim]) * space_->lanes(dim), space_->size(dim)) - 1;
    };
    const std::int64_t begin = axis.stride * first(axis.position) + axis.dilation * first(axis.window);
    const std::int64_t end = axis.stride * last(axis.position) + axis.dilation * last(axis.window);
    const bool beyond = !edges.inside(begin) || !edges.inside(end);
    for (LoopDim dim : {axis.position, axis.window}) signs.push_back(beyond ? steps[dim] : -1);
    signs.push_back(edges.phase_at(begin));
}

std::size_t RepeatedRounds::kind(std::int64_t round)
{
    if (round == last_round_) return last_kind_;
    std::vector<std::int64_t> signs;
    add_signs(signs, round);
    last_round_ = round;
    last_kind_ = known_.try_emplace(std::move(signs), known_.size()).first->second;
    return last_kind_;
}

}  // namespace plumbline::sim
