// SPDX-License-Identifier: Apache-2.0
#include "platform.hpp"

#include <plumbline/calibrated_accelerator.hpp>

#include <cstring>

#include "firmware/platform.h"

using namespace plumbline;

namespace {

BoardParameters board_parameters(const PlatformOptions& options)
{
    BoardParameters parameters;
    parameters.harts = options.harts;
    parameters.accelerators = options.harts;
    parameters.quantum = options.quantum;
    parameters.console = options.console;
    return parameters;
}

/// Whoever only predicts has to know what the RAM does; whoever uses it finds out.
Accelerator described(const Network& network, sim::AcceleratorFidelity fidelity)
{
    const bool predicts = fidelity == sim::AcceleratorFidelity::analytical;
    return predicts ? calibrated(network.accelerator, network.calibration) : network.accelerator;
}

/// An accelerator touches what belongs to its hart, and nothing else.
sim::AcceleratorOptions accelerator_options(const PlatformOptions& options, unsigned hart)
{
    sim::AcceleratorOptions of;
    of.fidelity = options.fidelity;
    of.data = options.data;
    of.longest_burst = options.longest_burst;
    of.window = {PLATFORM_IMAGE(hart), PLATFORM_IMAGE(hart) + (PLATFORM_IMAGE_SIZE - 1)};
    return of;
}

}  // namespace

Platform::Platform(const sc_core::sc_module_name& name, const PlatformOptions& options,
                   const std::vector<std::uint8_t>& firmware, const Network& network, const sim::Binder& bind)
    : sc_core::sc_module{name},
      harts_{options.harts},
      header_{network.header()},
      board_{"board", board_parameters(options), firmware, bind}
{
    header_.frames = options.frames;
    std::vector<std::uint8_t> image = network.image;
    std::memcpy(image.data(), &header_, sizeof header_);
    for (unsigned i = 0; i < options.harts; ++i) {
        const std::vector<sim::AcceleratorProgram> programs{{network.workload, network.schedule}};
        accelerators_.emplace_back(("accelerator_" + std::to_string(i)).c_str(), described(network, options.fidelity),
                                   programs, accelerator_options(options, i));
        bind(board_.accelerator_registers(i), accelerators_.back().registers);
        bind(accelerators_.back().dma, board_.bus().in);
        accelerators_.back().interrupt.bind(board_.interrupt(i));
        board_.load(PLATFORM_IMAGE(i), image);
    }
}

std::uint64_t Platform::cycles() const { return done() ? board_.system().exits().back().cycle : 0; }

std::vector<std::uint8_t> Platform::output(std::size_t hart)
{
    const std::uint64_t image = PLATFORM_IMAGE(static_cast<std::uint32_t>(hart));
    return board_.stored(image + header_.output.offset, header_.output.size);
}

Platform::Span Platform::frame_span(std::size_t hart) const
{
    SystemControl::Mark begin;
    SystemControl::Mark end;
    for (const SystemControl::Mark& mark : board_.system().marks()) {
        if (mark.what == PLATFORM_MARK_BEGIN + hart) begin = mark;
        if (mark.what == PLATFORM_MARK_END + hart) end = mark;
    }
    return {end.cycle - begin.cycle, std::chrono::duration<double>(end.host - begin.host).count()};
}
