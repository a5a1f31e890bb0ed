// SPDX-License-Identifier: Apache-2.0
#include "cost/layer/concurrent_transfers.hpp"

#include <cstddef>
#include <limits>

namespace plumbline::detail {
namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

/// Rows with a transfer on the move.
class MovingRows {
public:
    MovingRows(RowProgress* begin, RowProgress* end) : begin_{begin}, end_{end} {}

    void share_ports(PortOrder order) const
    {
        if (set_full_speed() <= 1) return;
        order == PortOrder::busiest_first ? share_busiest_first() : share_as_listed();
    }

private:
    template <class Visit>
    void for_each(Visit visit) const
    {
        for (RowProgress* row = begin_; row != end_; ++row)
            if (row->moves()) visit(*row);
    }

    /// Nothing holds a row back that moves alone. Returns how many move.
    std::size_t set_full_speed() const
    {
        std::size_t rows = 0;
        for_each([&](RowProgress& row) {
            row.set_speed(1);
            ++rows;
        });
        return rows;
    }

    /// What rows leave at their other port is for the rest.
    void share_busiest_first() const
    {
        for_each([](RowProgress& row) { row.forget_speed(); });
        move_last_word();
        while (true) {
            RowProgress* slowest = nullptr;
            double least = kNoLimit;
            for_each([&](RowProgress& row) {
                if (row.has_speed()) return;
                const double speed = possible_speed(row.transfer());
                if (speed >= least) return;
                least = speed;
                slowest = &row;
            });
            if (slowest == nullptr) return;
            slowest->set_speed(least);
        }
    }

    /// Of the first row that has no more left, and before which nobody else has a turn. All that it meets are held back by that port.
    void move_last_word() const
    {
        for (RowProgress* row = begin_; row != end_; ++row) {
            if (!row->moves() || row->slots_left() > 1) continue;
            bool waits = false;
            for (const RowProgress* other = begin_; other != end_; ++other) {
                if (other == row || !other->moves()) continue;
                const Meeting meeting = meeting_of(row->transfer(), other->transfer());
                waits = waits || meeting == Meeting::in_part || (meeting == Meeting::in_turn && other < row);
            }
            if (!waits) return row->set_speed(1);
        }
    }

    /// At ports of two transfers.
    enum class Meeting : std::uint8_t { nowhere, in_turn, in_part };

    /// In turn where both want all of a port, in part where one of them leaves some of it.
    static Meeting meeting_of(const PortTransfer& a, const PortTransfer& b)
    {
        Meeting meeting = Meeting::nowhere;
        for (const PortUse& use : a.uses) {
            if (use.port == kNoPort || b.load(use.port) <= 0 || a.load(use.port) <= 0) continue;
            if (a.load(use.port) < 1 || b.load(use.port) < 1) return Meeting::in_part;
            meeting = Meeting::in_turn;
        }
        return meeting;
    }

    double possible_speed(const PortTransfer& transfer) const
    {
        double speed = 1;
        for (const PortUse& use : transfer.uses)
            if (use.port != kNoPort && use.slots > 0)
                speed = std::min(speed, equal_part(use.port) / transfer.load(use.port));
        return speed;
    }

    /// What rows without a speed may take of a port: equal parts, at most what each can use.
    double equal_part(int port) const
    {
        double free = 1;
        std::size_t sharers = 0;
        for_each([&](const RowProgress& row) {
            if (row.has_speed())
                free -= row.transfer().load(port) * row.speed();
            else if (row.transfer().load(port) > 0)
                ++sharers;
        });
        for (double served = 0; sharers > 0;) {
            const Load least = least_load_above(served, port);
            for (std::size_t i = 0; i < least.rows; ++i, --sharers) {
                const double part = free / static_cast<double>(sharers);
                if (least.load > part) return part;
                free -= least.load;
            }
            served = least.load;
        }
        return kNoLimit;
    }

    struct Load {
        double load = kNoLimit;
        std::size_t rows = 0;  ///< with this load
    };

    /// Of rows without a speed.
    Load least_load_above(double limit, int port) const
    {
        Load least;
        for_each([&](const RowProgress& row) {
            const double load = row.has_speed() ? 0 : row.transfer().load(port);
            if (load <= limit || load > least.load) return;
            if (load < least.load) least = {load, 0};
            ++least.rows;
        });
        return least;
    }

    /// \pre two rows move, at full speed
    void share_as_listed() const
    {
        std::array<RowProgress*, 2> both{};
        std::size_t count = 0;
        for_each([&](RowProgress& row) { both.at(count++) = &row; });
        for (const PortUse& mine : both[0]->transfer().uses)
            for (const PortUse& theirs : both[1]->transfer().uses)
                if (mine.port == theirs.port && mine.port != kNoPort) halve(*both[0], mine, *both[1], theirs);
    }

    /// Half a port for each, and what one cannot use is for the other.
    static void halve(RowProgress& a, const PortUse& use_a, RowProgress& b, const PortUse& use_b)
    {
        const double load_a = use_a.slots / a.transfer().slots();
        const double load_b = use_b.slots / b.transfer().slots();
        const double want_a = load_a * a.speed();
        const double want_b = load_b * b.speed();
        if (want_a + want_b <= 1) return;
        a.set_speed(std::min(want_a, std::max(0.5, 1 - want_b)) / load_a);
        b.set_speed(std::min(want_b, std::max(0.5, 1 - want_a)) / load_b);
    }

    RowProgress* begin_;
    RowProgress* end_;
};

}  // namespace

/// Finds the next transfer that takes any time.
void RowProgress::begin_transfer()
{
    for (; !over(); ++next_) {
        waits_ = transfer().latency;
        slots_ = transfer().slots();
        if (waits_ + slots_ > 0) return;
    }
}

void RowProgress::pass(double cycles)
{
    const bool done = cycles_left() <= cycles;
    const double rest = waits_ == 0 && speed_ < 1 && slots_ > 1 ? 1 : 0;  // the last word
    double& left = waits_ > 0 ? waits_ : slots_;
    left = done ? rest : left - cycles * (waits_ > 0 ? 1 : speed_);
    if (waits_ == 0 && slots_ <= 0) {
        ++next_;
        begin_transfer();
    }
}

double cycles_side_by_side(RowProgress* begin, RowProgress* end, PortOrder order)
{
    const MovingRows moving{begin, end};
    double cycles = 0;
    while (true) {
        moving.share_ports(order);
        double step = kNoLimit;
        for (const RowProgress* row = begin; row != end; ++row)
            if (!row->over()) step = std::min(step, row->cycles_left());
        if (step == kNoLimit) return cycles;
        for (RowProgress* row = begin; row != end; ++row)
            if (!row->over()) row->pass(step);
        cycles += step;
    }
}

double cycles_side_by_side(const std::vector<std::vector<PortTransfer>>& rows)
{
    std::vector<RowProgress> all;
    all.reserve(rows.size());
    for (const std::vector<PortTransfer>& row : rows) all.emplace_back(row.data(), row.data() + row.size());
    return cycles_side_by_side(all.data(), all.data() + all.size(), PortOrder::busiest_first);
}

}  // namespace plumbline::detail
