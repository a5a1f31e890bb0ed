// SPDX-License-Identifier: Apache-2.0
// Keeps what was waited for in each activity, and makes whole cycles of it that add up.
//
// Steps are entered as they end, in thousandths of a cycle, as often as they count: folded and unfolded runs add up the
// same integers. At fidelity `cycle` all of them are whole cycles. At `transaction` shares are fractions, which are
// rounded once, by largest remainder, to the cycles that are known exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "plumbline/sim/counters.hpp"
#include "statistics/keyed_sums.hpp"
#include "tlm/access_extension.hpp"

namespace plumbline::sim {

class StallAccounting {
public:
    explicit StallAccounting(std::size_t activities) : entries_(activities) {}

    void clear();
    /// A step that happens so many times.
    void add(ActivityIndex activity, const Waits& waits, const PortStalls& stalls, std::int64_t iterations,
             std::int64_t times);

    ArrayActivity array(ActivityIndex activity, const ActivityTime& time,
                        const plumbline::Accelerator& accelerator) const;
    /// Of a port that was busy for so long of the activity.
    PortActivity port(ActivityIndex activity, PortIndex index, const PortMap& ports, Cycles busy, Cycles all) const;

    /// What was entered of the array, and of all ports, in thousandths of a cycle.
    std::int64_t waited(ActivityIndex activity) const;
    std::int64_t stalled(ActivityIndex activity) const;

private:
    /// Of one activity.
    struct ActivityEntry {
        std::int64_t iterations = 0;
        KeyedSums<WaitKey, std::int64_t> waits;
        KeyedSums<PortStallKey, std::int64_t> stalls;
    };
    std::vector<ActivityEntry> entries_;  ///< per activity
};

/// Whole numbers in the ratio of the weights that sum up to `total`: by largest remainder, the first at ties. \pre none is
/// negative, and some weight is positive or `total` is 0
std::vector<std::int64_t> apportion(const std::vector<std::int64_t>& weights, std::int64_t total);

/// Adds what another activity used.
void add(ArrayActivity& sum, const ArrayActivity& more);
void add(PortActivity& sum, const PortActivity& more);

}  // namespace plumbline::sim
