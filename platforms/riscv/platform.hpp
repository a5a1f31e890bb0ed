// SPDX-License-Identifier: Apache-2.0
// The whole platform: a board, and an accelerator for each of its harts.
//
//     Platform platform{"platform", options, firmware, read_network(folder)};
//     sc_start(limit);
//     if (platform.done()) std::cout << platform.board().uart().sent();
#pragma once

#include <plumbline/sim/accelerator.hpp>

#include "board.hpp"
#include "network.hpp"

struct PlatformOptions {
    unsigned harts = 1;
    std::int64_t quantum = 10'000;  ///< instructions
    plumbline::sim::AcceleratorFidelity fidelity = plumbline::sim::AcceleratorFidelity::transaction;
    plumbline::sim::AcceleratorData data = plumbline::sim::AcceleratorData::real;
    std::uint32_t frames = 1;           ///< how often each hart runs its network
    std::uint64_t longest_burst = 256;  ///< bytes for which an accelerator has the RAM at a time
    std::ostream* console = nullptr;    ///< where the UART also goes
};

class Platform : public sc_core::sc_module {
public:
    /// All harts run the same network, each in its own part of the RAM. \param bind makes all connections
    Platform(const sc_core::sc_module_name& name, const PlatformOptions& options,
             const std::vector<std::uint8_t>& firmware, const Network& network,
             const plumbline::sim::Binder& bind = plumbline::sim::bind_directly);

    Board& board() { return board_; }
    const plumbline::sim::Accelerator& accelerator(std::size_t hart) const { return accelerators_.at(hart); }

    /// Whether all harts are.
    bool done() const { return board_.system().exits().size() == harts_; }
    /// When the last hart was done.
    std::uint64_t cycles() const;
    /// What an accelerator left in RAM.
    std::vector<std::uint8_t> output(std::size_t hart);

    /// From the first job of a hart's last frame to the end of its last job, in cycles and on the host's clock.
    struct Span {
        std::uint64_t cycles = 0;
        double host_seconds = 0;
    };
    Span frame_span(std::size_t hart) const;

private:
    std::size_t harts_;
    network_image header_;
    Board board_;
    std::deque<plumbline::sim::Accelerator> accelerators_;
};
