// SPDX-License-Identifier: Apache-2.0
#include "peripheral/register_access.hpp"

#include <algorithm>

#include "plumbline/firmware/plumbline_registers.h"

namespace plumbline::sim {
namespace {

/// Bytes from the address of the payload to the last one that it means.
std::uint64_t reach(const tlm::tlm_generic_payload& payload)
{
    return std::min(payload.get_data_length(), payload.get_streaming_width());
}

bool enables_whole_words(const tlm::tlm_generic_payload& payload)
{
    if (payload.get_byte_enable_ptr() == nullptr) return true;
    if (payload.get_byte_enable_length() == 0) return false;
    for (unsigned i = 0; i < payload.get_data_length(); ++i) {
        if (is_enabled(payload, i) != is_enabled(payload, i - i % kRegisterBytes)) return false;
    }
    return true;
}

}  // namespace

tlm::tlm_response_status refusal(const tlm::tlm_generic_payload& payload)
{
    const sc_dt::uint64 address = payload.get_address();
    if (address >= PLUMBLINE_REG_END || address % kRegisterBytes != 0) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    const unsigned length = payload.get_data_length();
    const bool whole = length > 0 && length % kRegisterBytes == 0;
    if (!whole || reach(payload) == 0 || reach(payload) % kRegisterBytes != 0) return tlm::TLM_BURST_ERROR_RESPONSE;
    if (reach(payload) > PLUMBLINE_REG_END - address) return tlm::TLM_ADDRESS_ERROR_RESPONSE;
    return enables_whole_words(payload) ? tlm::TLM_OK_RESPONSE : tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
}

std::uint32_t word_of(const unsigned char* bytes)
{
    std::uint32_t word = 0;
    for (unsigned i = 0; i < kRegisterBytes; ++i) word |= std::uint32_t{bytes[i]} << (8 * i);
    return word;
}

void put_word(std::uint32_t word, unsigned char* bytes)
{
    for (unsigned i = 0; i < kRegisterBytes; ++i) bytes[i] = static_cast<unsigned char>(word >> (8 * i));
}

unsigned debug_length(const tlm::tlm_generic_payload& payload)
{
    const sc_dt::uint64 address = payload.get_address();
    if (address >= PLUMBLINE_REG_END) return 0;
    return static_cast<unsigned>(std::min<std::uint64_t>(payload.get_data_length(), PLUMBLINE_REG_END - address));
}

}  // namespace plumbline::sim
