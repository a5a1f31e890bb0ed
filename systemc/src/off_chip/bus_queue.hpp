// SPDX-License-Identifier: Apache-2.0
// Which transaction goes next: orders of bytes to move, cut into bursts, in turn.
//
// An order stays with the queue until nothing of it is under way, even if whoever gave it is gone: what is under way then
// completes, and is dropped.
//
//     BusOrder& order = queue.submit(pieces);
//     while (BusPayload* payload = queue.next()) send(*payload);
//     queue.finish(payload);        // answered: notifies order.over once all are
//     queue.withdraw(order);        // by whoever gave it, at any time
#pragma once

#include <deque>
#include <functional>
#include <optional>

#include "off_chip/bus_payload.hpp"

namespace plumbline::sim {

/// What one caller waits for.
struct BusOrder {
    std::vector<Burst> pieces;
    std::size_t next = 0;       ///< piece that is cut
    std::uint64_t cut = 0;      ///< bytes of it that are sent
    std::size_t under_way = 0;  ///< transactions
    bool withdrawn = false;     ///< nobody waits for it any more
    sc_core::sc_time delay;     ///< that targets annotated, where its bursts follow one another
    std::optional<BusRefusal> refusal;
    sc_core::sc_event over;

    bool sent() const { return next == pieces.size(); }
    bool done() const { return sent() && under_way == 0; }
};

class BusQueue {
public:
    explicit BusQueue(const BusOptions& options);

    const BusOptions& options() const { return options_; }
    /// Whether the bursts of an order follow one another.
    bool one_by_one() const { return options_.outstanding == 0; }

    BusOrder& submit(std::vector<Burst> pieces);
    void withdraw(BusOrder& order);
    /// Sends nothing more of what was ordered so far. Whoever waits for it waits for ever.
    void abandon();

    /// Whether `next` has something.
    bool has_next() const;
    /// To be sent, or null: nothing is left, or enough is under way.
    BusPayload* next();
    /// The response is there, or will be when the annotated delay is over.
    void finish(BusPayload& payload);
    /// For a debug access, acquired; null outside of the window.
    BusPayload* debug(const Burst& burst);
    /// Called with each payload before it is handed out.
    void extend(std::function<void(tlm::tlm_generic_payload&)> extension) { extension_ = std::move(extension); }

    std::size_t under_way() const { return under_way_; }
    const sc_core::sc_event& idle() const { return idle_; }

private:
    Burst cut(BusOrder& order) const;
    void refuse(BusOrder& order, const BusRefusal& refusal);
    void forget(const BusOrder& order);
    void end(BusOrder& order);
    BusPayload& payload(const Burst& burst, BusOrder* order);

    BusOptions options_;
    PayloadPool::Owner payloads_{new PayloadPool};
    std::function<void(tlm::tlm_generic_payload&)> extension_;
    std::vector<std::unique_ptr<BusOrder>> orders_;  ///< all there ever were
    std::vector<BusOrder*> free_;
    std::deque<BusOrder*> waiting_;  ///< with bursts that are not sent yet, in turn
    std::size_t under_way_ = 0;
    sc_core::sc_event idle_{"idle"};
};

}  // namespace plumbline::sim
