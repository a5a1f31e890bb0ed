// SPDX-License-Identifier: Apache-2.0
// In place of a processor: runs frames by registers and interrupt, resets the accelerator in the middle of one, and looks meanwhile
// whether the RAM serves others.
#pragma once

#include <plumbline/sim/network_data.hpp>

#include "npu.hpp"

namespace memory_map {
constexpr vcml::u64 kNpu = 0x50000000;
constexpr vcml::u64 kRam = 0x80000000;
constexpr vcml::u64 kRamBytes = 128 * vcml::MiB;
}  // namespace memory_map

class Firmware : public vcml::component {
public:
    vcml::tlm_initiator_socket bus;      ///< of the one who runs frames
    vcml::tlm_initiator_socket watcher;  ///< of the one who looks
    vcml::gpio_target_socket interrupt;
    vcml::property<vcml::u64> reset_after;  ///< nanoseconds from the start of a frame; 0: none is reset

    /// Expects the output, where there are data.
    Firmware(const sc_core::sc_module_name& name, const Npu& npu, const plumbline::sim::NetworkData& data,
             plumbline::sim::FeatureValues expected);

    /// Whether every frame was computed right.
    bool right() const { return right_; }

private:
    SC_HAS_PROCESS(Firmware);
    void run();
    void watch();
    void load();
    void start();
    void frame(const char* which);
    void reset_in_the_middle();
    void write(vcml::u64 reg, vcml::u32 value);
    vcml::u32 read(vcml::u64 reg);
    void debug_write(vcml::u64 address, const void* data, std::size_t length);

    const Npu* npu_;
    plumbline::sim::NetworkData data_;
    plumbline::sim::FeatureValues expected_;
    sc_core::sc_time longest_wait_;
    std::size_t looks_ = 0;
    bool right_ = true;
    bool over_ = false;
};
