// SPDX-License-Identifier: Apache-2.0
#include "whole_bursts.hpp"

#include <algorithm>
#include <cassert>

WholeBursts::WholeBursts(const sc_core::sc_module_name& name, std::size_t bytes)
    : sc_core::sc_module{name},
      in{"in"},
      out{"out"},
      bytes_{bytes}
{
    in.register_nb_transport_fw(this, &WholeBursts::nb_transport_fw);
    in.register_transport_dbg(this, &WholeBursts::transport_dbg);
    out.register_nb_transport_bw(this, &WholeBursts::nb_transport_bw);
}

tlm::tlm_sync_enum WholeBursts::nb_transport_fw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                sc_core::sc_time& delay)
{
    const bool ends = phase == tlm::END_RESP;
    Burst& burst = phase == tlm::BEGIN_REQ ? widen(payload) : of(payload);
    const tlm::tlm_sync_enum status = out->nb_transport_fw(burst, phase, delay);
    if (status == tlm::TLM_COMPLETED || phase == tlm::BEGIN_RESP) answer(burst);
    if (status == tlm::TLM_COMPLETED || ends) end(burst);
    return status;
}

tlm::tlm_sync_enum WholeBursts::nb_transport_bw(tlm::tlm_generic_payload& payload, tlm::tlm_phase& phase,
                                                sc_core::sc_time& delay)
{
    auto& burst = static_cast<Burst&>(payload);
    if (phase == tlm::BEGIN_RESP) answer(burst);
    const tlm::tlm_sync_enum status = in->nb_transport_bw(*burst.asked, phase, delay);
    if (status == tlm::TLM_COMPLETED) end(burst);
    return status;
}

WholeBursts::Burst& WholeBursts::widen(tlm::tlm_generic_payload& payload)
{
    if (free_.empty()) {
        all_.push_back(std::unique_ptr<Burst>{new Burst{this}});
        free_.push_back(all_.back().get());
    }
    Burst& burst = *free_.back();
    free_.pop_back();
    const std::size_t begin = payload.get_address() % bytes_;
    const std::size_t length = payload.get_data_length();
    assert(begin + length <= bytes_);
    burst.acquire();
    burst.asked = &payload;
    burst.requested = sc_core::sc_time_stamp();
    burst.data.assign(bytes_, 0);
    burst.enabled.assign(bytes_, TLM_BYTE_DISABLED);
    std::fill_n(burst.enabled.begin() + static_cast<std::ptrdiff_t>(begin), length, TLM_BYTE_ENABLED);
    std::copy_n(payload.get_data_ptr(), length, burst.data.begin() + static_cast<std::ptrdiff_t>(begin));
    burst.set_command(payload.get_command());
    burst.set_address(payload.get_address() - begin);
    burst.set_data_ptr(burst.data.data());
    burst.set_data_length(static_cast<unsigned>(bytes_));
    burst.set_streaming_width(static_cast<unsigned>(bytes_));
    const bool parts = length < bytes_ && payload.is_write();
    burst.set_byte_enable_ptr(parts ? burst.enabled.data() : nullptr);
    burst.set_byte_enable_length(parts ? static_cast<unsigned>(bytes_) : 0);
    burst.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
    under_way_.push_back(&burst);
    ++sent_;
    if (length < bytes_) ++widened_;
    return burst;
}

WholeBursts::Burst& WholeBursts::of(const tlm::tlm_generic_payload& payload) const
{
    return **std::find_if(under_way_.begin(), under_way_.end(),
                          [&](const Burst* burst) { return burst->asked == &payload; });
}

void WholeBursts::answer(const Burst& burst)
{
    tlm::tlm_generic_payload& asked = *burst.asked;
    const auto begin = static_cast<std::ptrdiff_t>(asked.get_address() - burst.get_address());
    if (asked.is_read()) std::copy_n(burst.data.begin() + begin, asked.get_data_length(), asked.get_data_ptr());
    asked.set_response_status(burst.get_response_status());
    const sc_core::sc_time now = sc_core::sc_time_stamp();
    paces_[burst.get_command()][last_] += Pace{1, now - std::max(burst.requested, last_answer_)};
    last_ = burst.get_command();
    last_answer_ = now;
}

void WholeBursts::end(Burst& burst)
{
    under_way_.erase(std::find(under_way_.begin(), under_way_.end(), &burst));
    burst.release();
}

void WholeBursts::free(tlm::tlm_generic_payload* payload)
{
    payload->reset();
    free_.push_back(static_cast<Burst*>(payload));
}
