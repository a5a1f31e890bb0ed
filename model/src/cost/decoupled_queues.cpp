// SPDX-License-Identifier: Apache-2.0
#include "plumbline/decoupled_queues.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plumbline {

double together(double a, double b, double interference)
{
    assert(a >= 0 && b >= 0 && interference >= 0 && interference <= 1);
    const double longer = std::max(a, b);
    if (longer == 0 || interference == 0) return longer;
    const double ratio = std::min(a, b) / longer;
    return longer * std::pow(1 + std::pow(ratio, 1 / interference), interference);
}

double decoupled_cycles(const std::vector<TilePhases>& tiles, const TileSequence& sequence, double interference)
{
    double cycles = tiles.at(sequence.first).load + tiles.at(sequence.last).execute;
    for (const TileTransition& each : sequence.transitions) {
        cycles += each.count * together(tiles.at(each.from).execute, tiles.at(each.to).load, interference);
    }
    return cycles;
}

}  // namespace plumbline
