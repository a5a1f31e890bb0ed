// SPDX-License-Identifier: Apache-2.0
#include "off_chip/bus_payload.hpp"

#include <algorithm>

namespace plumbline::sim {

void BusPayload::prepare(const Burst& wanted, std::uint64_t offset, BusOrder* of)
{
    order_ = of;
    burst_ = wanted;
    if (bytes_.size() < wanted.length) bytes_.resize(wanted.length);
    std::copy_n(wanted.data, wanted.length, bytes_.data());
    set_command(wanted.command);
    set_address(wanted.address + offset);
    set_data_ptr(bytes_.data());
    set_data_length(static_cast<unsigned>(wanted.length));
    set_streaming_width(static_cast<unsigned>(wanted.length));
    set_byte_enable_ptr(nullptr);
    set_byte_enable_length(0);
    set_dmi_allowed(false);
    set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
}

void BusPayload::deliver() const { std::copy_n(bytes_.data(), burst_.length, burst_.data); }

void PayloadPool::Retire::operator()(PayloadPool* pool) const
{
    static std::vector<std::unique_ptr<PayloadPool>> retired;
    std::unique_ptr<PayloadPool> last{pool};
    if (!last->all_are_back()) retired.push_back(std::move(last));
}

BusPayload& PayloadPool::take()
{
    if (free_.empty()) {
        all_.push_back(std::make_unique<BusPayload>(*this));
        free_.push_back(all_.back().get());
    }
    BusPayload& payload = *free_.back();
    free_.pop_back();
    payload.acquire();
    return payload;
}

void PayloadPool::free(tlm::tlm_generic_payload* payload)
{
    payload->reset();
    free_.push_back(static_cast<BusPayload*>(payload));
}

}  // namespace plumbline::sim
