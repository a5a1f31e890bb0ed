// SPDX-License-Identifier: Apache-2.0
// What a platform chooses when it builds an Accelerator: how closely it is looked at, and what it may touch. No SystemC, so
// that hosts and plugins can read these from files of their own.
//
//     AcceleratorOptions options;
//     options.fidelity = AcceleratorFidelity::analytical;  // boots software
//     options.data = AcceleratorData::real;
//     options.window = {0x80000000, 0x8fffffff};
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "plumbline/sim/address_window.hpp"
#include "plumbline/sim/clock_options.hpp"
#include "plumbline/sim/observer.hpp"
#include "plumbline/sim/off_chip_options.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Counters are the same in all; what they say of time is not.
enum class AcceleratorFidelity : std::uint8_t {
    cycle,        ///< every word at every port
    transaction,  ///< every transfer, at fair shares of ports; cycles within 1 % of those above
    analytical,   ///< one delay a job, as the refined model predicts it; no transfers on the bus but those of data
};
/// "cycle", "transaction", "analytical".
std::string_view name_of(AcceleratorFidelity fidelity);
/// The one of this name; none: there is none.
std::optional<AcceleratorFidelity> accelerator_fidelity_named(std::string_view name);

/// What the bytes of tensors in system memory are.
enum class AcceleratorData : std::uint8_t {
    none,  ///< the bytes of maps and weights mean nothing
    real,  ///< maps and weights in system memory are int8, and the output map there is computed
};

/// Of one accelerator.
struct AcceleratorOptions {
    AcceleratorFidelity fidelity = AcceleratorFidelity::transaction;  ///< what runs the tiles
    AcceleratorData data = AcceleratorData::none;                     ///< whether the network is computed
    std::size_t queue_depth = 4;         ///< jobs that wait, 1 to 255, beside the one that runs
    Nanoseconds register_latency{10};    ///< of an access to a register; none to a second
    std::uint64_t longest_burst = 4096;  ///< bytes of a transaction of the dma socket; 0: no limit
    AddressWindow window;                ///< outside of it the dma socket reads and writes nothing
    std::uint64_t alignment = 0;         ///< bytes: no transaction crosses a multiple of it; 0: they may cross anything
    std::size_t outstanding = 0;         ///< transactions under way at a time; 0: one for each transfer under way
    BusTransport transport = BusTransport::blocking;  ///< by what call the dma socket sends
    Period period;                                    ///< of its clock, until `Accelerator::set_period`
    std::uint64_t address_offset = 0;  ///< added to addresses on the bus, modulo 2^64; `window` is of those before
    /// Who is told what happens in runs of the program with this number, in nanoseconds of the simulation (ObservedTime); at
    /// `analytical` nobody. Empty: nobody.
    std::function<Observer(std::size_t)> observer;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
