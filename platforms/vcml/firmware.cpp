// SPDX-License-Identifier: Apache-2.0
#include "firmware.hpp"

#include <plumbline/firmware/plumbline_registers.h>

#include <algorithm>
#include <iostream>

using namespace plumbline;
using namespace memory_map;

namespace {

constexpr vcml::u64 kJob = kRam;
constexpr vcml::u64 kWatched = kRam + 0x1000;
constexpr vcml::u64 kInput = kRam + 1 * vcml::MiB;
constexpr vcml::u64 kWeights = kRam + 16 * vcml::MiB;
constexpr vcml::u64 kOutput = kRam + 32 * vcml::MiB;
constexpr vcml::u64 kScratch = kRam + 64 * vcml::MiB;
const sc_core::sc_time kBetweenLooks{10, sc_core::SC_US};

plumbline_job whole_network()
{
    plumbline_job job{};
    job.magic = PLUMBLINE_JOB_MAGIC;
    job.version = PLUMBLINE_JOB_VERSION;
    job.flags = PLUMBLINE_JOB_INTERRUPT;
    job.input = kInput;
    job.weights = kWeights;
    job.output = kOutput;
    job.scratch = kScratch;
    return job;
}

}  // namespace

Firmware::Firmware(const sc_core::sc_module_name& name, const Npu& npu, const sim::NetworkData& data,
                   sim::FeatureValues expected)
    : vcml::component{name},
      bus{"bus"},
      watcher{"watcher"},
      interrupt{"interrupt"},
      reset_after{"reset_after", 0},
      npu_{&npu},
      data_{data},
      expected_{std::move(expected)}
{
    SC_THREAD(run);
    SC_THREAD(watch);
}

void Firmware::run()
{
    load();
    frame("a frame");
    if (reset_after > 0) {
        reset_in_the_middle();
        frame("the next frame");
    }
    over_ = true;
    std::cout << "another master read the RAM " << looks_ << " times and waited " << longest_wait_ << " at most\n";
    sc_core::sc_pause();
}

void Firmware::load()
{
    const plumbline_job job = whole_network();
    debug_write(kJob, &job, sizeof job);
    debug_write(kInput, data_.input.data(), data_.input.size());
    for (const sim::JobArea& area : npu_->accelerator.layout(0).areas) {
        if (area.group != sim::JobGroup::weights) continue;
        const sim::FeatureValues& weights = data_.weights.at(area.tensor.layer);
        debug_write(kWeights + area.offset, weights.data(), weights.size());
    }
}

void Firmware::start()
{
    write(PLUMBLINE_REG_JOB_LOW, static_cast<vcml::u32>(kJob));
    write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
    write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_CLEAR);
    write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
}

void Firmware::frame(const char* which)
{
    const sim::FeatureValues nothing(expected_.size());
    debug_write(kOutput, nothing.data(), nothing.size());
    const std::size_t before = npu_->transactions();
    start();
    while (!interrupt.read()) wait(interrupt.default_event());
    sim::FeatureValues output(expected_.size());
    if (vcml::failed(bus.read(kOutput, output.data(), static_cast<unsigned>(output.size()), vcml::SBI_DEBUG)))
        output.clear();
    const bool equal = output == expected_;
    std::cout << which << ": " << read(PLUMBLINE_REG_CYCLES_LOW) << " cycles, " << npu_->transactions() - before
              << " transactions, error " << read(PLUMBLINE_REG_ERROR) << "; the output "
              << (equal ? "equals the reference bit for bit\n" : "DIFFERS from the reference\n");
    right_ = right_ && equal;
    write(PLUMBLINE_REG_IRQ_ACK, PLUMBLINE_IRQ_DONE);
}

void Firmware::reset_in_the_middle()
{
    start();
    wait(static_cast<double>(reset_after.get()), sc_core::SC_NS);
    const vcml::u32 cycles = read(PLUMBLINE_REG_CYCLES_LOW);
    write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
    std::cout << "reset after " << cycles << " cycles of a frame; now " << read(PLUMBLINE_REG_CYCLES_LOW)
              << " cycles, idle: " << (read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_IDLE) << '\n';
}

void Firmware::watch()
{
    while (!over_) {
        wait(kBetweenLooks);
        const sc_core::sc_time before = sc_core::sc_time_stamp();
        vcml::u32 value = 0;
        right_ = right_ && vcml::success(watcher.readw(kWatched, value, vcml::SBI_NODMI | vcml::SBI_SYNC));
        longest_wait_ = std::max(longest_wait_, sc_core::sc_time_stamp() - before);
        ++looks_;
    }
}

void Firmware::write(vcml::u64 reg, vcml::u32 value)
{
    right_ = right_ && vcml::success(bus.writew(kNpu + reg, value, vcml::SBI_SYNC));
}

vcml::u32 Firmware::read(vcml::u64 reg)
{
    vcml::u32 value = 0;
    right_ = right_ && vcml::success(bus.readw(kNpu + reg, value, vcml::SBI_SYNC));
    return value;
}

void Firmware::debug_write(vcml::u64 address, const void* data, std::size_t length)
{
    right_ = right_ && vcml::success(bus.write(address, data, static_cast<unsigned>(length), vcml::SBI_DEBUG));
}
