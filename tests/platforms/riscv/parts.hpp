// SPDX-License-Identifier: Apache-2.0
// What tests of the RISC-V platform have in common: firmware from files, and an initiator that runs a script.
#pragma once

#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "platform.hpp"

namespace plumbline::test {

inline std::vector<std::uint8_t> file_bytes(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
}

/// Test firmware, as the build made it.
inline std::vector<std::uint8_t> firmware(const std::string& name)
{
    return file_bytes(std::string{PLUMBLINE_RISCV_FIRMWARE} + "/riscv_test_" + name + ".bin");
}

/// The firmware of the platform, and a network that was made for it.
inline std::vector<std::uint8_t> platform_firmware() { return file_bytes(PLUMBLINE_RISCV "/riscv_firmware.bin"); }
inline Network platform_network(const std::string& name)
{
    return read_network(std::string{PLUMBLINE_RISCV} + "/networks/" + name);
}

inline std::uint32_t word(Board& board, std::uint64_t address)
{
    std::uint32_t word = 0;
    unsigned shift = 0;
    for (std::uint32_t byte : board.stored(address, 4)) {
        word |= byte << shift;
        shift += 8;
    }
    return word;
}

/// On somebody else's bus.
struct Scripted : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<Scripted> socket{"socket"};
    std::function<void(Scripted&)> script;
    std::vector<unsigned char> data = std::vector<unsigned char>(256);

    SC_HAS_PROCESS(Scripted);
    Scripted(const sc_core::sc_module_name& name, std::function<void(Scripted&)> what)
        : sc_core::sc_module{name},
          script{std::move(what)}
    {
        SC_THREAD(run);
    }

    /// Returns the response; kernel time is then when it came.
    tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, unsigned length)
    {
        tlm::tlm_generic_payload payload;
        payload.set_command(command);
        payload.set_address(address);
        payload.set_data_ptr(data.data());
        payload.set_data_length(length);
        payload.set_streaming_width(length);
        sc_core::sc_time delay;
        socket->b_transport(payload, delay);
        wait(delay);
        return payload.get_response_status();
    }

private:
    void run() { script(*this); }
};

}  // namespace plumbline::test
