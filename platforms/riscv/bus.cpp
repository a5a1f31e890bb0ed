// SPDX-License-Identifier: Apache-2.0
#include "bus.hpp"

#include <algorithm>

using sc_core::sc_time;
using sc_core::sc_time_stamp;

namespace {

/// A payload whose address counts from the base of a range, for as long as this exists.
class Rebased {
public:
    Rebased(tlm::tlm_generic_payload& payload, std::uint64_t base) : payload_{&payload}, address_{payload.get_address()}
    {
        payload.set_address(address_ - base);
    }
    Rebased(const Rebased&) = delete;
    Rebased& operator=(const Rebased&) = delete;
    ~Rebased() { payload_->set_address(address_); }

private:
    tlm::tlm_generic_payload* payload_;
    sc_dt::uint64 address_;
};

bool lies_in(const BusRange& range, const tlm::tlm_generic_payload& payload)
{
    const std::uint64_t offset = payload.get_address() - range.base;
    return payload.get_address() >= range.base && offset < range.size &&
           payload.get_data_length() <= range.size - offset;
}

}  // namespace

Bus::Bus(const sc_core::sc_module_name& name, const sc_time& period, const std::vector<BusRange>& ranges)
    : sc_core::sc_module{name},
      in{"in"},
      period_{period}
{
    for (const BusRange& range : ranges) targets_.emplace_back(range, period_);
    in.register_b_transport(this, &Bus::b_transport);
    in.register_transport_dbg(this, &Bus::transport_dbg);
    in.register_get_direct_mem_ptr(this, &Bus::get_direct_mem_ptr);
}

Bus::Target* Bus::target_of(const tlm::tlm_generic_payload& payload)
{
    const auto found = std::find_if(targets_.begin(), targets_.end(),
                                    [&](const Target& target) { return lies_in(target.range, payload); });
    return found == targets_.end() ? nullptr : &*found;
}

void Bus::b_transport(int socket, tlm::tlm_generic_payload& payload, sc_time& delay)
{
    payload.set_dmi_allowed(false);
    Target* const target = target_of(payload);
    if (target == nullptr) {
        payload.set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE);
        return;
    }
    const bool reads = payload.is_read();
    FifoArbiter::Turn turn =
        target->fifo_arbiter.enter({sc_time_stamp() + delay, socket, payload.get_address(), payload.get_data_length()});
    const sc_time end = serve(*target, turn, payload);
    turn.until(end);
    delay = end - sc_time_stamp();
    if (reads) delay += target->range.read_latency;
}

sc_time Bus::serve(Target& target, const FifoArbiter::Turn& turn, tlm::tlm_generic_payload& payload) const
{
    const sc_time first_cycle_ends = turn.begin() + period_;
    if (payload.is_write()) sc_core::wait(first_cycle_ends - sc_time_stamp());
    const Rebased rebased{payload, target.range.base};
    sc_time taken = sc_core::SC_ZERO_TIME;
    const sc_time called = sc_time_stamp() - turn.begin();
    target.socket->b_transport(payload, taken);
    const sc_time waited = sc_time_stamp() - turn.begin() - called;
    return target.fifo_arbiter.edge(std::max(first_cycle_ends, turn.begin() + waited + taken));
}

unsigned Bus::transport_dbg(int, tlm::tlm_generic_payload& payload)
{
    Target* const target = target_of(payload);
    if (target == nullptr) return 0;
    const Rebased rebased{payload, target->range.base};
    return target->socket->transport_dbg(payload);
}

bool Bus::get_direct_mem_ptr(int, tlm::tlm_generic_payload&, tlm::tlm_dmi& dmi)
{
    dmi.init();
    dmi.set_end_address(~sc_dt::uint64{0});
    return false;
}
