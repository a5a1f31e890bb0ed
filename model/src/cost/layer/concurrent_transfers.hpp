// SPDX-License-Identifier: Apache-2.0
// How long do several transfers take that share ports?
//
// Transfers of a row follow each other, rows run side by side. A port is shared in equal parts, and what one transfer has no
// use for, since its other port holds it back, is for the others. Copies of a step are such rows, and so are the first blocks
// of a layer's inputs.
//
//     cycles_side_by_side({{from_dram, to_sram}, {from_dram}});
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "cost/layer/port_number.hpp"

namespace plumbline::detail {

// PortUse and PortTransfer are not initialised by themselves: they are made for each mapping of a search.

struct PortUse {
    int port;  ///< port_number, or any other numbering that all transfers have in common; kNoPort where there is none
    double slots;  ///< cycles that the port is busy
};

/// A transfer between two memories, as the ports at its ends see it.
struct PortTransfer {
    std::array<PortUse, 2> uses;
    double latency;  ///< cycles before the first slot

    double slots() const { return std::max(uses[0].slots, uses[1].slots); }
    double cycles() const { return latency + slots(); }
    /// Part of `port` that it takes at full speed.
    double load(int port) const
    {
        double most = 0;
        for (const PortUse& use : uses) most += use.port == port ? use.slots / slots() : 0;
        return most;
    }
};

/// How far a row of transfers is.
class RowProgress {
public:
    /// Of no transfers.
    RowProgress() = default;
    /// \pre the transfers outlive this
    RowProgress(const PortTransfer* begin, const PortTransfer* end) : next_{begin}, end_{end} { begin_transfer(); }

    bool over() const { return next_ == end_; }
    /// Whether a transfer is past its latency.
    bool moves() const { return !over() && waits_ == 0; }
    /// \pre not over
    const PortTransfer& transfer() const { return *next_; }

    /// Slots a cycle at the busier port of the transfer that moves; 1 alone.
    double speed() const { return speed_; }
    bool has_speed() const { return has_speed_; }
    void forget_speed() { has_speed_ = false; }
    void set_speed(double speed)
    {
        speed_ = speed;
        has_speed_ = true;
    }

    /// Of the transfer, at its busier port.
    double slots_left() const { return slots_; }
    /// Until the transfer begins to move or ends; or, where others hold it back, until its last word is left.
    double cycles_left() const
    {
        if (waits_ > 0) return waits_;
        return (speed_ < 1 && slots_ > 1 ? slots_ - 1 : slots_) / speed_;
    }
    /// \pre `cycles` <= cycles_left()
    void pass(double cycles);

private:
    void begin_transfer();

    const PortTransfer* next_ = nullptr;
    const PortTransfer* end_ = nullptr;
    double waits_ = 0;  ///< cycles of latency left
    double slots_ = 0;  ///< left at the busier port
    double speed_ = 0;
    bool has_speed_ = false;
};

/// Which port decides first where transfers meet at both of their ports. It makes a difference only if they are held back by
/// different ones.
enum class PortOrder : std::uint8_t {
    /// The port that holds a transfer back most (max-min fairness). A word moves at once: of transfers that have one left, the first
    /// moves it while others wait.
    busiest_first,
    as_listed  ///< PortTransfer::uses of the first row, in their order; of two rows only
};

/// Cycles until all rows are over. Does not allocate.
double cycles_side_by_side(RowProgress* begin, RowProgress* end, PortOrder order);
/// The busiest port first.
double cycles_side_by_side(const std::vector<std::vector<PortTransfer>>& rows);

}  // namespace plumbline::detail
