// SPDX-License-Identifier: Apache-2.0
// Harts, bus, RAM, UART and time, wired as firmware/platform.h says. Who else is on the bus (accelerators) is for its owner to bind.
//
// Sockets      bus().in                     further initiators, in an order that decides who is first in the same cycle
//              accelerator_registers(i)     where accelerator i's registers are to be bound
// Signals      interrupt(i)                 drives hart i
// Parameters   see BoardParameters
//
//     Board board{"board", parameters, firmware};
//     dma.socket.bind(board.bus().in);
//     sc_start(limit);
//     board.uart().sent();
#pragma once

#include <plumbline/sim/machine.hpp>

#include <iosfwd>

#include "bus.hpp"
#include "cpu.hpp"
#include "ram.hpp"
#include "system_control.hpp"
#include "uart.hpp"

struct BoardParameters {
    unsigned harts = 1;
    unsigned accelerators = 0;
    std::int64_t quantum = 10'000;  ///< instructions of a hart between two looks at kernel time
    unsigned ram_bytes_per_cycle = 4;
    unsigned ram_latency = 20;        ///< cycles of a read, beside its data
    std::ostream* console = nullptr;  ///< where the UART also goes
};

class Board : public sc_core::sc_module {
public:
    /// \param bind makes all connections
    Board(const sc_core::sc_module_name& name, const BoardParameters& parameters,
          const std::vector<std::uint8_t>& firmware,
          const plumbline::sim::Binder& bind = plumbline::sim::bind_directly);

    Bus& bus() { return bus_; }
    tlm_utils::simple_initiator_socket<Bus>& accelerator_registers(std::size_t accelerator);
    sc_core::sc_signal<bool>& interrupt(std::size_t hart) { return interrupts_.at(hart); }

    const Uart& uart() const { return uart_; }
    const SystemControl& system() const { return system_; }
    const Cpu& hart(std::size_t hart) const { return cpus_.at(hart); }

    /// To and from the RAM, without taking time. \throws std::out_of_range
    void load(std::uint64_t address, const std::vector<std::uint8_t>& bytes);
    std::vector<std::uint8_t> stored(std::uint64_t address, std::size_t size);

private:
    std::vector<unsigned char>::iterator in_ram(std::uint64_t address, std::size_t size);

    sc_core::sc_time period_;
    Bus bus_;
    Ram ram_;
    Uart uart_;
    SystemControl system_;
    std::deque<sc_core::sc_signal<bool>> interrupts_;
    std::deque<Cpu> cpus_;
};
