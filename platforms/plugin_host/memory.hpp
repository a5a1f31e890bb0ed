// SPDX-License-Identifier: Apache-2.0
// System memory of the host: bytes behind a TLM-2.0 target socket, a nanosecond for each 16 of them.
#pragma once

#include <cstdint>
#include <cstring>
#include <vector>

#include <tlm_utils/simple_target_socket.h>
#include <systemc>
#include <tlm>

class Memory : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<Memory> socket{"socket"};

    Memory(const sc_core::sc_module_name& name, std::size_t size) : sc_core::sc_module{name}, bytes_(size)
    {
        socket.register_b_transport(this, &Memory::b_transport);
        socket.register_transport_dbg(this, &Memory::transport_dbg);
    }

    /// \pre the object lies inside
    template <class Object>
    void put(std::uint64_t address, const Object& object)
    {
        std::memcpy(&bytes_.at(address), &object, sizeof object);
    }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        delay += sc_core::sc_time(payload.get_data_length() / 16.0, sc_core::SC_NS);
        payload.set_response_status(move(payload) ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return move(payload) ? payload.get_data_length() : 0; }

    bool move(const tlm::tlm_generic_payload& payload)
    {
        const std::uint64_t address = payload.get_address();
        const std::size_t length = payload.get_data_length();
        if (length == 0 || address > bytes_.size() || length > bytes_.size() - address) return false;
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), &bytes_[address], length);
        if (payload.is_write()) std::memcpy(&bytes_[address], payload.get_data_ptr(), length);
        return true;
    }

    std::vector<unsigned char> bytes_;
};
