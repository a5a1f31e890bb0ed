// SPDX-License-Identifier: Apache-2.0
// What do the links of an operand that are not cut yet add at least, whatever else fits?
//
// A table by the number of links that are cut, and by state: from the last state and the last link backwards, the least of cutting
// the next link here and of adding a loop first.
#pragma once

#include <algorithm>
#include <vector>

#include "mapper/orders/loop_lattice.hpp"

namespace plumbline::detail {

/// \param never what no sum exceeds: where no way is left
/// \param of called with a link and a state: what it adds if it is cut there, or `never`
template <class Value, class OfLink>
std::vector<Value> least_of_other_links(const LoopLattice& loops, std::size_t links, Value never, OfLink of)
{
    const std::size_t states = loops.size();
    std::vector<Value> others((links + 1) * states, Value{});
    for (std::size_t link = links; link-- > 0;) {
        Value* const here = others.data() + link * states;
        const Value* const next = here + states;
        for (std::size_t state = states; state-- > 0;) {
            const Value added = of(link, static_cast<LoopState>(state));
            Value least = added < never && next[state] < never ? added + next[state] : never;
            for (const LoopStep& step : loops.steps_from(static_cast<LoopState>(state)))
                least = std::min(least, here[step.to]);
            here[state] = least;
        }
    }
    return others;
}

}  // namespace plumbline::detail
