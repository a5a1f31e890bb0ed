// SPDX-License-Identifier: Apache-2.0
// Which registers a transaction means: whole words, one after the other, or the same ones again where it streams.
//
//     if (const auto status = refusal(payload); status != tlm::TLM_OK_RESPONSE) …
//     for_each_word(payload, [&](std::uint32_t offset, unsigned char* bytes) { put_word(registers.read(offset), bytes); });
#pragma once

#include <cstdint>

#include "plumbline/sim/kernel.hpp"

namespace plumbline::sim {

inline constexpr unsigned kRegisterBytes = 4;

/// OK, or what the access is answered with: it reaches beyond the map, is no multiple of words, or enables parts of one.
tlm::tlm_response_status refusal(const tlm::tlm_generic_payload& payload);

/// Little endian, whatever the host is.
std::uint32_t word_of(const unsigned char* bytes);
void put_word(std::uint32_t word, unsigned char* bytes);

/// Whether the byte of a payload with that index is to be moved.
inline bool is_enabled(const tlm::tlm_generic_payload& payload, unsigned index)
{
    const unsigned char* enables = payload.get_byte_enable_ptr();
    return enables == nullptr || enables[index % payload.get_byte_enable_length()] == TLM_BYTE_ENABLED;
}

/// Those that are enabled, in the order of their bytes. \pre it is not refused
template <class Visit>
void for_each_word(const tlm::tlm_generic_payload& payload, Visit visit)
{
    const auto base = static_cast<std::uint32_t>(payload.get_address());
    for (unsigned i = 0; i < payload.get_data_length(); i += kRegisterBytes) {
        if (is_enabled(payload, i)) visit(base + i % payload.get_streaming_width(), payload.get_data_ptr() + i);
    }
}

/// Bytes of a debug access that lie in the map, from its address on.
unsigned debug_length(const tlm::tlm_generic_payload& payload);

}  // namespace plumbline::sim
