// SPDX-License-Identifier: Apache-2.0
#include "cost/refined/loading_offloading.hpp"

#include <algorithm>
#include <limits>

namespace plumbline::detail {
namespace {

constexpr double kNone = std::numeric_limits<double>::infinity();

/// The first blocks of one input on their way down.
class Descent {
public:
    Descent() = default;
    /// Links from the MACs upwards.
    Descent(const BlockLink* begin, const BlockLink* end) : begin_{begin}, at_{end} { next(); }

    bool over() const { return over_; }
    bool moves() const { return !over_ && waits_ <= 0; }
    const Move& move() const { return at_->first_fill; }
    /// Part of the block that passes per cycle if nobody else does.
    double rate() const { return 1 / move().slots(); }
    double cycles_left(double rate) const { return waits_ > 0 ? waits_ : left_ / rate; }
    void pass(double cycles, double rate, bool done)
    {
        if (waits_ > 0)
            waits_ = done ? 0 : waits_ - cycles;
        else if (done)
            next();
        else
            left_ -= cycles * rate;
    }

private:
    /// The next block that is there to be moved.
    void next()
    {
        while (at_ != begin_) {
            --at_;
            if (move().slots() == 0) continue;
            waits_ = move().latency;
            left_ = 1;
            return;
        }
        over_ = true;
    }

    const BlockLink* begin_ = nullptr;
    const BlockLink* at_ = nullptr;
    double waits_ = 0;
    double left_ = 0;
    bool over_ = begin_ == nullptr;
};

/// Of a port that both want: half each, and what one cannot use is for the other.
void share_ports(const Descent& a, const Descent& b, double& rate_a, double& rate_b)
{
    for (const PortUse& mine : a.move().uses)
        for (const PortUse& theirs : b.move().uses) {
            if (mine.port != theirs.port || mine.port == kNoPort) continue;
            const double want_a = mine.slots * rate_a;
            const double want_b = theirs.slots * rate_b;
            if (want_a + want_b <= 1) continue;
            rate_a = std::min(want_a, std::max(0.5, 1 - want_b)) / mine.slots;
            rate_b = std::min(want_b, std::max(0.5, 1 - want_a)) / theirs.slots;
        }
}

}  // namespace

double first_fills(const BlockLinks& links)
{
    static_assert(kMaxOperands == 3, "an output and two inputs");
    const auto descent = [&](std::size_t operand) {
        return Descent{links.link.data() + links.begin[operand], links.link.data() + links.begin[operand + 1]};
    };
    Descent a = descent(1);
    Descent b = descent(2);
    double cycles = 0;
    while (!a.over() || !b.over()) {
        double rate_a = a.moves() ? a.rate() : 0;
        double rate_b = b.moves() ? b.rate() : 0;
        if (a.moves() && b.moves()) share_ports(a, b, rate_a, rate_b);
        const double left_a = a.over() ? kNone : a.cycles_left(rate_a);
        const double left_b = b.over() ? kNone : b.cycles_left(rate_b);
        const double step = std::min(left_a, left_b);
        if (!a.over()) a.pass(step, rate_a, left_a <= step);
        if (!b.over()) b.pass(step, rate_b, left_b <= step);
        cycles += step;
    }
    return cycles;
}

double last_drains(const BlockLinks& links)
{
    double cycles = 0;
    for (std::size_t i = 0; i < links.begin[1]; ++i) cycles += links.link[i].last_drain.cycles();
    return cycles;
}

}  // namespace plumbline::detail
