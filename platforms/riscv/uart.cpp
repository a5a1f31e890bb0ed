// SPDX-License-Identifier: Apache-2.0
#include "uart.hpp"

#include <ostream>

#include "word_access.hpp"

namespace {

constexpr std::uint64_t kData = 0x0;
constexpr std::uint64_t kStatus = 0x4;
constexpr std::uint32_t kCanSend = 1;

}  // namespace

Uart::Uart(const sc_core::sc_module_name& name, std::ostream* line)
    : sc_core::sc_module{name},
      socket{"socket"},
      line_{line}
{
    socket.register_b_transport(this, &Uart::b_transport);
}

void Uart::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&)
{
    const WordAccess access{payload};
    if (access.refused()) return;
    const bool known = access.offset() == kData || access.offset() == kStatus;
    if (!known) {
        access.refuse();
    } else if (access.reads()) {
        access.answer(access.offset() == kStatus ? kCanSend : 0);
    } else if (access.offset() == kData) {
        send(static_cast<char>(access.written()));
    }
}

void Uart::send(char character)
{
    sent_ += character;
    if (line_ != nullptr) line_->put(character);
}
