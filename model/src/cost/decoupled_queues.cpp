// SPDX-License-Identifier: Apache-2.0
#include "plumbline/decoupled_queues.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plumbline {

double together(std::initializer_list<double> activities, double interference)
{
    assert(interference >= 0 && interference <= 1);
    const auto* longest = std::max_element(activities.begin(), activities.end());
    if (*longest == 0 || interference == 0) return *longest;
    double others = 0;
    for (const double* each = activities.begin(); each != activities.end(); ++each) {
        assert(*each >= 0);
        if (each != longest && *each > 0) others += std::pow(*each / *longest, 1 / interference);
    }
    return others == 0 ? *longest : *longest * std::pow(1 + others, interference);
}

double decoupled_cycles(const std::vector<TilePhases>& tiles, const TileSequence& sequence, double interference)
{
    double cycles = tiles.at(sequence.first).load + tiles.at(sequence.last).execute;
    for (const TileTransition& each : sequence.transitions) {
        const TilePhases& next = tiles.at(each.to);
        cycles += each.count * together({tiles.at(each.from).execute, next.load, next.issue}, interference);
    }
    return cycles;
}

}  // namespace plumbline
