// SPDX-License-Identifier: Apache-2.0
#include "fifo_arbiter.hpp"

#include <algorithm>
#include <tuple>

using sc_core::sc_time;

namespace {

/// So long ago, or the beginning of time.
sc_time before(const sc_time& duration)
{
    const sc_time& now = sc_core::sc_time_stamp();
    return now > duration ? now - duration : sc_core::SC_ZERO_TIME;
}

}  // namespace

/// A place in the line. Whoever is reset there gives it up, and those behind have to look again.
struct FifoArbiter::Waiting {
    Waiting(FifoArbiter& fifo_arbiter, const Request& request)
        : fifo_arbiter_{&fifo_arbiter},
          place_{fifo_arbiter.waiting_.insert(fifo_arbiter.waiting_.end(), &request)}
    {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting()
    {
        fifo_arbiter_->waiting_.erase(place_);
        fifo_arbiter_->changed_.notify(sc_core::SC_ZERO_TIME);
    }

private:
    FifoArbiter* fifo_arbiter_;
    std::list<const Request*>::iterator place_;
};

FifoArbiter::Turn::~Turn() { fifo_arbiter_->leave(std::max(end_, sc_core::sc_time_stamp())); }

sc_time FifoArbiter::edge(const sc_time& time) const
{
    const sc_time past = time % period_;
    return past == sc_core::SC_ZERO_TIME ? time : time + (period_ - past);
}

FifoArbiter::Turn FifoArbiter::enter(Request request)
{
    request.arrival = edge(request.arrival);
    const Waiting place{*this, request};
    while (true) {
        const sc_time begin = std::max({request.arrival, free_from_, edge(before(period_ / 2))});
        const sc_time middle = begin + period_ / 2;
        if (middle > sc_core::sc_time_stamp()) {
            sc_core::wait(middle - sc_core::sc_time_stamp());
        } else if (taken_ || !may_enter(request)) {
            sc_core::wait(changed_);
        } else {
            taken_ = true;
            return {*this, begin};
        }
    }
}

bool FifoArbiter::may_enter(const Request& request) const
{
    const auto order = [](const Request& of) { return std::tie(of.arrival, of.socket, of.address, of.length); };
    return std::none_of(waiting_.begin(), waiting_.end(),
                        [&](const Request* other) { return order(*other) < order(request); });
}

void FifoArbiter::leave(const sc_time& end)
{
    taken_ = false;
    free_from_ = edge(end);
    changed_.notify(sc_core::SC_ZERO_TIME);
}
