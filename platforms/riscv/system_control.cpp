// SPDX-License-Identifier: Apache-2.0
#include "system_control.hpp"

#include "word_access.hpp"

namespace {

constexpr std::uint64_t kTimeLow = 0x0;
constexpr std::uint64_t kTimeHigh = 0x4;
constexpr std::uint64_t kExit = 0x8;
constexpr std::uint64_t kMark = 0xc;

}  // namespace

SystemControl::SystemControl(const sc_core::sc_module_name& name, const sc_core::sc_time& period)
    : sc_core::sc_module{name},
      socket{"socket"},
      period_{period}
{
    socket.register_b_transport(this, &SystemControl::b_transport);
}

void SystemControl::b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time&)
{
    const WordAccess access{payload};
    if (access.refused()) return;
    if (access.writes()) {
        if (!write(access.offset(), access.written())) access.refuse();
    } else if (const std::optional<std::uint32_t> value = read(access.offset())) {
        access.answer(*value);
    } else {
        access.refuse();
    }
}

bool SystemControl::write(std::uint64_t offset, std::uint32_t value)
{
    if (offset == kExit) exits_.push_back({value, cycle()});
    if (offset == kMark) marks_.push_back({value, cycle(), std::chrono::steady_clock::now()});
    return offset == kExit || offset == kMark;
}

std::optional<std::uint32_t> SystemControl::read(std::uint64_t offset)
{
    constexpr int kWordBits = 32;
    if (offset == kExit) return static_cast<std::uint32_t>(exits_.size());
    if (offset == kTimeHigh) return time_high_;
    if (offset != kTimeLow) return std::nullopt;
    const std::uint64_t now = cycle();
    time_high_ = static_cast<std::uint32_t>(now >> kWordBits);
    return static_cast<std::uint32_t>(now);
}

std::uint64_t SystemControl::cycle() const { return sc_core::sc_time_stamp().value() / period_.value(); }
