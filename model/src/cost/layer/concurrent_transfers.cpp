// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/concurrent_transfers.hpp"

#include <cstddef>
#include <limits>

namespace plumbline::detail {
namespace {

/// A row on its way.
struct Progress {
    const std::vector<Move>* row;
    std::size_t next = 0;
    double waits = 0;    ///< cycles of latency left
    double slots = 0;    ///< left of the present move, at its busiest port
    double speed = 0;    ///< slots a cycle; 1 alone
    bool fixed = false;  ///< speed is found

    explicit Progress(const std::vector<Move>& moves) : row{&moves} { begin(); }
    bool over() const { return next == row->size(); }
    bool moves() const { return !over() && waits == 0; }
    const Move& move() const { return (*row)[next]; }
    void begin()
    {
        for (; !over(); ++next) {
            waits = move().latency;
            slots = move().slots();
            if (waits + slots > 0) return;
        }
    }
    /// Part of `port` that it takes at full speed.
    double load(int port) const
    {
        double most = 0;
        for (const PortUse& use : move().uses) most += use.port == port ? use.slots / move().slots() : 0;
        return most;
    }
    double cycles_left() const { return waits > 0 ? waits : slots / speed; }
    void pass(double cycles, bool done)
    {
        double& left = waits > 0 ? waits : slots;
        left = done ? 0 : left - cycles * (waits > 0 ? 1 : speed);
        if (!over() && waits == 0 && slots <= 0) {
            ++next;
            begin();
        }
    }
};

/// What all rows that are not fixed yet may take of a port: equal parts, at most what each can use.
double equal_part(const std::vector<Progress*>& moving, int port)
{
    double free = 1;
    std::vector<double> wanted;
    for (const Progress* each : moving) {
        if (each->fixed)
            free -= each->load(port) * each->speed;
        else if (each->load(port) > 0)
            wanted.push_back(each->load(port));
    }
    std::sort(wanted.begin(), wanted.end());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double part = free / static_cast<double>(wanted.size() - i);
        if (wanted[i] > part) return part;
        free -= wanted[i];
    }
    return std::numeric_limits<double>::infinity();
}

/// The port that holds rows back most decides first; what they leave at their other port is for the rest.
void share_ports(const std::vector<Progress*>& moving)
{
    for (Progress* each : moving) each->fixed = false;
    while (true) {
        Progress* slowest = nullptr;
        double least = std::numeric_limits<double>::infinity();
        for (Progress* each : moving) {
            if (each->fixed) continue;
            double speed = 1;
            for (const PortUse& use : each->move().uses)
                if (use.port != kNoPort && use.slots > 0)
                    speed = std::min(speed, equal_part(moving, use.port) / each->load(use.port));
            if (speed >= least) continue;
            least = speed;
            slowest = each;
        }
        if (slowest == nullptr) return;
        slowest->speed = least;
        slowest->fixed = true;
    }
}

}  // namespace

double cycles_side_by_side(const std::vector<std::vector<Move>>& rows)
{
    std::vector<Progress> all{rows.begin(), rows.end()};
    double cycles = 0;
    while (true) {
        std::vector<Progress*> moving;
        std::vector<Progress*> under_way;
        for (Progress& each : all) {
            if (!each.over()) under_way.push_back(&each);
            if (each.moves()) moving.push_back(&each);
        }
        if (under_way.empty()) return cycles;
        share_ports(moving);
        double step = std::numeric_limits<double>::infinity();
        for (const Progress* each : under_way) step = std::min(step, each->cycles_left());
        for (Progress* each : under_way) each->pass(step, each->cycles_left() <= step);
        cycles += step;
    }
}

}  // namespace plumbline::detail
