// SPDX-License-Identifier: Apache-2.0
#include "board.hpp"

#include <algorithm>
#include <stdexcept>

#include "firmware/platform.h"

namespace {

/// Of harts and bus; that of accelerators unless they are told otherwise, too.
sc_core::sc_time clock_period() { return {1, sc_core::SC_NS}; }

// Ranges of the bus, in their order.
enum : std::size_t { kRam, kUart, kSystem, kFirstAccelerator };

std::size_t ram_size(const BoardParameters& parameters) { return std::size_t{PLATFORM_IMAGE_SIZE} * parameters.harts; }

std::vector<BusRange> memory_map(const BoardParameters& parameters)
{
    const sc_core::sc_time latency = parameters.ram_latency * clock_period();
    std::vector<BusRange> map{{"ram", PLATFORM_RAM, ram_size(parameters), latency},
                              {"uart", PLATFORM_UART, PLATFORM_UART_SIZE, {}},
                              {"system", PLATFORM_SYSTEM, PLATFORM_SYSTEM_SIZE, {}}};
    for (unsigned i = 0; i < parameters.accelerators; ++i) {
        map.push_back({"accelerator_" + std::to_string(i), PLATFORM_ACCELERATOR(i), PLATFORM_ACCELERATOR_SIZE, {}});
    }
    return map;
}

CpuParameters hart_parameters(const BoardParameters& parameters, unsigned hart)
{
    CpuParameters of;
    of.hart = hart;
    of.argument = PLATFORM_IMAGE(hart);
    of.quantum = parameters.quantum;
    of.period = clock_period();
    return of;
}

}  // namespace

Board::Board(const sc_core::sc_module_name& name, const BoardParameters& parameters,
             const std::vector<std::uint8_t>& firmware, const plumbline::sim::Binder& bind)
    : sc_core::sc_module{name},
      period_{clock_period()},
      bus_{"bus", period_, memory_map(parameters)},
      ram_{"ram", {ram_size(parameters), parameters.ram_bytes_per_cycle, period_}},
      uart_{"uart", parameters.console},
      system_{"system", period_}
{
    bind(bus_.out(kRam), ram_.socket);
    bind(bus_.out(kUart), uart_.socket);
    bind(bus_.out(kSystem), system_.socket);
    for (unsigned i = 0; i < parameters.harts; ++i) {
        interrupts_.emplace_back(("interrupt_" + std::to_string(i)).c_str());
        cpus_.emplace_back(("hart_" + std::to_string(i)).c_str(), hart_parameters(parameters, i), firmware);
        cpus_.back().interrupt.bind(interrupts_.back());
        bind(cpus_.back().bus, bus_.in);
    }
}

tlm_utils::simple_initiator_socket<Bus>& Board::accelerator_registers(std::size_t accelerator)
{
    return bus_.out(kFirstAccelerator + accelerator);
}

void Board::load(std::uint64_t address, const std::vector<std::uint8_t>& bytes)
{
    std::copy(bytes.begin(), bytes.end(), in_ram(address, bytes.size()));
}

std::vector<std::uint8_t> Board::stored(std::uint64_t address, std::size_t size)
{
    const auto begin = in_ram(address, size);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

std::vector<unsigned char>::iterator Board::in_ram(std::uint64_t address, std::size_t size)
{
    const std::uint64_t offset = address - PLATFORM_RAM;
    std::vector<unsigned char>& bytes = ram_.bytes();
    if (offset > bytes.size() || size > bytes.size() - offset) throw std::out_of_range{"beyond the RAM of the board"};
    return bytes.begin() + static_cast<std::ptrdiff_t>(offset);
}
