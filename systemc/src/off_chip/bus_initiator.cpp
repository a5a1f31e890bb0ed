// SPDX-License-Identifier: Apache-2.0
#include "off_chip/bus_initiator.hpp"

#include <algorithm>

#include "off_chip/blocking_sender.hpp"
#include "off_chip/four_phase_sender.hpp"

namespace plumbline::sim {
namespace {

/// Withdraws the order when the caller has its answer, or is reset while it waits.
class Ordered {
public:
    Ordered(BusQueue& queue, std::vector<Burst> pieces) : queue_{queue}, order_{queue.submit(std::move(pieces))} {}
    Ordered(const Ordered&) = delete;
    Ordered& operator=(const Ordered&) = delete;
    ~Ordered() { queue_.withdraw(order_); }

    const BusOrder& order() const { return order_; }

private:
    BusQueue& queue_;
    BusOrder& order_;
};

}  // namespace

BusInitiator::BusInitiator(const sc_core::sc_module_name& name, const BusOptions& options)
    : sc_core::sc_module{name},
      socket{"socket"},
      queue_{options}
{
    socket.register_nb_transport_bw(this, &BusInitiator::nb_transport_bw);
    if (options.transport == BusTransport::blocking) {
        sender_ = std::make_unique<BlockingSender>(queue_, socket);
    } else {
        sender_ = std::make_unique<FourPhaseSender>(queue_, socket);
    }
}

BusInitiator::~BusInitiator() = default;

std::optional<BusRefusal> BusInitiator::transfer(std::vector<Burst> pieces, sc_core::sc_time& delay)
{
    const Ordered ordered{queue_, std::move(pieces)};
    sender_->wake();
    while (!ordered.order().done()) sc_core::wait(ordered.order().over);
    delay += ordered.order().delay;
    return ordered.order().refusal;
}

unsigned BusInitiator::debug(const Burst& bytes)
{
    BusPayload* payload = queue_.debug(bytes);
    if (payload == nullptr) return 0;
    const unsigned moved = socket->transport_dbg(*payload);
    if (bytes.command == tlm::TLM_READ_COMMAND) std::copy_n(payload->get_data_ptr(), moved, bytes.data);
    payload->release();
    return moved;
}

void BusInitiator::drain()
{
    while (!idle()) sc_core::wait(became_idle());
}

tlm::tlm_sync_enum BusInitiator::nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                 sc_core::sc_time& delay)
{
    return sender_->hear(payload, phase, delay);
}

}  // namespace plumbline::sim
