// SPDX-License-Identifier: Apache-2.0
// What devices that consist of 32-bit registers make of a payload: one aligned word, or a refusal.
//
//     const WordAccess access{payload};
//     if (access.refused()) return;
//     if (access.at(kStatus)) access.answer(1);
#pragma once

#include <plumbline/sim/kernel.hpp>

#include <cstdint>
#include <cstring>

class WordAccess {
public:
    /// Answers the payload: OK, or ADDRESS_ERROR where it is no aligned word, BYTE_ENABLE_ERROR, BURST_ERROR.
    explicit WordAccess(tlm::tlm_generic_payload& payload) : payload_{&payload}
    {
        payload.set_dmi_allowed(false);
        payload.set_response_status(response());
    }

    bool refused() const { return !payload_->is_response_ok(); }
    bool reads() const { return payload_->is_read(); }
    bool writes() const { return payload_->is_write(); }
    std::uint64_t offset() const { return payload_->get_address(); }

    std::uint32_t written() const
    {
        std::uint32_t value = 0;
        std::memcpy(&value, payload_->get_data_ptr(), sizeof value);
        return value;
    }
    void answer(std::uint32_t value) const { std::memcpy(payload_->get_data_ptr(), &value, sizeof value); }
    /// There is no such register.
    void refuse() const { payload_->set_response_status(tlm::TLM_ADDRESS_ERROR_RESPONSE); }

private:
    tlm::tlm_response_status response() const
    {
        constexpr unsigned kBytes = sizeof(std::uint32_t);
        if (payload_->get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
        if (payload_->get_data_length() != kBytes || offset() % kBytes != 0) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
        if (payload_->get_streaming_width() < kBytes) return tlm::TLM_BURST_ERROR_RESPONSE;
        return tlm::TLM_OK_RESPONSE;
    }

    tlm::tlm_generic_payload* payload_;
};
