// SPDX-License-Identifier: Apache-2.0
// Who is told what happens in a run, while it happens: writers of traces, and anyone who wants more than totals.
//
// Whoever does not listen pays nothing. A run that folds classes tells of each class once, as of its first tile.
// run_events.hpp has what is told.
//
//     Observer observer;
//     observer.moved = [&](const TransferEvent& transfer) { … };
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::sim {

struct TransferEvent;
struct StepSpan;
struct Occupancy;

/// What events say of time.
enum class ObservedTime : std::uint8_t {
    cycles,      ///< of the run, since it began
    simulation,  ///< nanoseconds of the kernel's time, with fractions: that of all other modules
};

/// Callbacks; any may be empty. Told in the order of time; of what begins, neither the end nor what it will have done
/// is known: there the span is empty.
struct Observer {
    std::function<void(const TransferEvent&)> moving;  ///< begins to ask for its ports
    std::function<void(const TransferEvent&)> moved;   ///< is over
    std::function<void(const StepSpan&)> stepping;     ///< begins
    std::function<void(const StepSpan&)> stepped;      ///< is over
    std::function<void(const Occupancy&)> occupied;    ///< what a memory holds has changed, or may have
    std::function<void(double)> abandoned;  ///< the run is given up at this time: what has begun will not be over
};

/// One that tells all of them, in this order.
Observer tell_all(const std::vector<Observer>& observers);

}  // namespace plumbline::sim
#pragma GCC visibility pop
