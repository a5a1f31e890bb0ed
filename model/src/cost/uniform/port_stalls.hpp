// SPDX-License-Identifier: Apache-2.0
// Transfers that share a port: how long does computing wait for it?
//
// Each transfer has a real and an allowed duration per period. Stalls add up; what slack the others have is only worth
// the time in which some window is open at all. ZigZag's uniform latency model, steps 2 and 3.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>

#include "cost/layer/layer_facts.hpp"

namespace plumbline::detail::uniform {

/// One transfer's use of a port.
struct PeriodicTransfer {
    int port = 0;
    std::int64_t real = 0;     ///< cycles per period that it takes
    std::int64_t allowed = 0;  ///< cycles per period that it may take without stalling
    std::int64_t period = 0;
    std::int64_t periods = 0;

    /// Stall (positive) or slack (negative) over the layer; the first period belongs to loading.
    std::int64_t balance() const { return (real - allowed) * (periods - 1); }
    std::int64_t allowed_total() const { return allowed * (periods - 1); }
};

/// All transfers of a layer, or of one port. Of fixed capacity: nothing is allocated while searching.
class PeriodicTransfers {
public:
    void add(const PeriodicTransfer& transfer)
    {
        assert(count_ < all_.size());
        all_[count_++] = transfer;
    }
    std::size_t size() const { return count_; }
    const PeriodicTransfer* begin() const { return all_.data(); }
    const PeriodicTransfer* end() const { return all_.data() + count_; }
    PeriodicTransfer* begin() { return all_.data(); }
    PeriodicTransfer* end() { return all_.data() + count_; }

private:
    std::array<PeriodicTransfer, 4 * kMaxOperands * kMaxLevels> all_;
    std::size_t count_ = 0;
};

/// Cycles over the whole layer in which at least one window is open. Windows open at the start of each period.
/// \pre at least one transfer; every period divides all longer ones; all cover the same number of cycles
std::int64_t window_union(PeriodicTransfers transfers);

/// Stall (or, for a single transfer, slack) that one port causes; 0 for no transfers.
std::int64_t port_stall(const PeriodicTransfers& transfers);

}  // namespace plumbline::detail::uniform
