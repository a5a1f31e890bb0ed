// SPDX-License-Identifier: Apache-2.0
// When does a port serve the iterations of a visit, and how much of it do they leave to a transfer that begins late?
//
// Iterations that take whole cycles and wait for nothing are the same ones in each visit. A transfer that begins with the visit
// and waits for a latency first meets the same of them each time: a definite number, not a part of an average one.
//
//     const VisitPattern visit{links, times, sums.come, link.window(), port};
//     if (visit.is_known()) longer = slots - visit.left_after(latency);
#pragma once

#include "cost/refined/links.hpp"

namespace plumbline::detail::refined {

/// Iterations of a visit at one port.
class VisitPattern {
public:
    /// \param times by position; those up to `window` are known
    /// \param sums_come whether iterations add to sums of an earlier round \param window position whose iterations are the visit
    VisitPattern(const BlockLinks& links, const LoopTime* times, bool sums_come, std::size_t window, int port);

    /// Whether iterations are the same in each visit, as far as averages tell. \pre of all else: they are
    bool is_known() const { return known_; }
    double cycles() const { return firsts_ * first_.cycles + (iterations_ - firsts_) * later_.cycles; }
    /// Cycles after a latency in which iterations leave the port alone: they have their slots in their first cycles.
    double left_after(double latency) const;

private:
    struct Iteration {
        double cycles;
        double slots;
    };
    static bool is_whole(const Iteration& iteration);

    double iterations_;
    double firsts_ = 0;  ///< that come first, and read no sums
    Iteration first_{};
    Iteration later_{};
    bool known_ = false;
};

}  // namespace plumbline::detail::refined
