// SPDX-License-Identifier: Apache-2.0
#include "mapper/orders/loop_lattice.hpp"

namespace plumbline::detail {
namespace {

/// Equal loops, and the distance of states that differ by one of them.
struct LoopKind {
    TemporalLoop loop;
    std::size_t times = 0;
    std::size_t stride = 1;
};

std::vector<LoopKind> kinds_of(const std::vector<TemporalLoop>& sorted)
{
    std::vector<LoopKind> kinds;
    std::size_t states = 1;
    for (const TemporalLoop& loop : sorted) {
        if (kinds.empty() || !(kinds.back().loop == loop)) {
            if (!kinds.empty()) states *= kinds.back().times + 1;
            kinds.push_back({loop, 0, states});
        }
        ++kinds.back().times;
    }
    return kinds;
}

std::vector<TemporalLoop> free_loops(const LoopOrder& order)
{
    return {order.loops.begin() + static_cast<std::ptrdiff_t>(order.first_free),
            order.loops.begin() + static_cast<std::ptrdiff_t>(order.end_free)};
}

}  // namespace

std::size_t LoopLattice::size_of(const LoopOrder& order, std::size_t limit)
{
    std::size_t states = 1;
    for (const LoopKind& kind : kinds_of(free_loops(order))) {
        states *= kind.times + 1;
        if (states > limit) return limit + 1;
    }
    return states + order.first_free + (order.loops.size() - order.end_free);
}

LoopLattice::LoopLattice(const LoopOrder& order)
{
    const TemporalLoop* const loops = order.loops.data();
    add_state(kUnitLoopSizes);
    add_chain(loops, loops + order.first_free);
    add_free(free_loops(order));
    add_chain(loops + order.end_free, loops + order.loops.size());
    first_step_.push_back(steps_.size());
}

void LoopLattice::add_state(const LoopSizes& below)
{
    below_.push_back(below);
    first_step_.push_back(steps_.size());
}

void LoopLattice::add_step(std::size_t to, const TemporalLoop& loop)
{
    steps_.push_back({static_cast<LoopState>(to), loop});
}

void LoopLattice::add_chain(const TemporalLoop* begin, const TemporalLoop* end)
{
    for (const TemporalLoop* loop = begin; loop != end; ++loop) {
        LoopSizes below = below_.back();
        below[loop->dim] *= loop->size;
        add_step(size(), *loop);
        add_state(below);
    }
}

/// The first of its states is there already.
void LoopLattice::add_free(const std::vector<TemporalLoop>& sorted)
{
    const std::vector<LoopKind> kinds = kinds_of(sorted);
    const std::size_t first = size() - 1;
    const LoopSizes before = below_.back();
    const std::size_t states = kinds.empty() ? 1 : kinds.back().stride * (kinds.back().times + 1);
    for (std::size_t state = 0; state < states; ++state) {
        LoopSizes below = before;
        for (const LoopKind& kind : kinds) {
            const std::size_t placed = state / kind.stride % (kind.times + 1);
            for (std::size_t i = 0; i < placed; ++i) below[kind.loop.dim] *= kind.loop.size;
        }
        if (state > 0) add_state(below);
        for (const LoopKind& kind : kinds)
            if (state / kind.stride % (kind.times + 1) < kind.times) add_step(first + state + kind.stride, kind.loop);
    }
}

}  // namespace plumbline::detail
