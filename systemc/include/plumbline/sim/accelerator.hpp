// SPDX-License-Identifier: Apache-2.0
// The accelerator as a peripheral of a virtual platform: registers on a bus, descriptors and tensors in system memory, an
// interrupt. systemc/docs/peripheral.md is its datasheet, firmware/plumbline_registers.h what firmware needs.
//
// Sockets      registers  target, base protocol, blocking and non-blocking: PLUMBLINE_REG_END bytes, any number of whole words
//              dma        initiator, base protocol, blocking or in four phases: any length up to the longest burst
// Ports        interrupt  level, high while an enabled interrupt is not acknowledged; may stay unbound
//              reset      level, active high; may stay unbound
// Parameters   AcceleratorOptions
// Answers      ADDRESS_ERROR beyond the map or unaligned, BURST_ERROR to lengths and streaming widths that are no multiples of
//              4, BYTE_ENABLE_ERROR to parts of words. Errors of guests end in ERROR and an interrupt, never in a report
// Queries      counters(), cycles(), energy(): at any time
// Time         a register access adds its latency to the delay. Accesses that see or change what time changes first wait
//              for the initiator's local time: it reads the state of that time, and what it commands begins then. An
//              initiator that is no thread cannot wait: it gets the state of kernel time
// DMI          denied. Debug reads and writes any bytes of the map; it latches, acknowledges and commands nothing
//
//     sim::Accelerator npu{"npu", description, {{workload, schedule}}, options};
//     bus.out.bind(npu.registers);
//     npu.dma.bind(bus.in);
//     npu.interrupt.bind(line);
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "plumbline/sim/accelerator_options.hpp"
#include "plumbline/sim/accelerator_program.hpp"
#include "plumbline/sim/job_layout.hpp"
#include "plumbline/sim/kernel.hpp"
#include "plumbline/units.hpp"

#pragma GCC visibility push(default)
namespace plumbline {
class Accelerator;
}  // namespace plumbline

namespace plumbline::sim {

class Clock;
class Dma;
class JobRunner;
class RegisterFile;
struct Counters;
struct EnergySample;
struct JobEnd;
struct LoadedProgram;
enum class Observed : std::uint8_t;

/// A wire that the accelerator drives.
using InterruptPort = sc_core::sc_port<sc_core::sc_signal_inout_if<bool>, 1, sc_core::SC_ZERO_OR_MORE_BOUND>;
/// A wire that the accelerator reads.
using ResetPort = sc_core::sc_port<sc_core::sc_signal_in_if<bool>, 1, sc_core::SC_ZERO_OR_MORE_BOUND>;

/// The peripheral.
class Accelerator : public sc_core::sc_module {
public:
    /// Registers, from address 0 on. Has to be bound.
    tlm_utils::simple_target_socket<Accelerator> registers;
    /// To system memory: descriptors, completion records, maps and weights. Has to be bound.
    tlm::tlm_initiator_socket<> dma;
    /// High while an enabled interrupt is not acknowledged. May stay unbound.
    InterruptPort interrupt;
    /// While it is high, everything is abandoned and registers are as after power-up. May stay unbound.
    ResetPort reset;

    /// Programs are numbered in their order; the description is that of all of them, calibrated where it is to tell time
    /// as a calibrated model does. Nothing has to outlive this. \throws InputError where an option is out of range, a
    /// schedule does not fit, or data is to be real and a network cannot be computed
    Accelerator(const sc_core::sc_module_name& name, plumbline::Accelerator description,
                const std::vector<AcceleratorProgram>& programs, AcceleratorOptions options = {});
    ~Accelerator() override;

    /// Called with each payload before `dma` sends it, those of debug transport included, from now on: to add extensions of the
    /// host's bus. They leave with the payload if they are set by `set_auto_extension`.
    void extend_payloads(std::function<void(tlm::tlm_generic_payload&)> extension);

    /// How long its cycles last, from now on: a clock that changes while it runs. Zero gates it: what it has on the bus completes,
    /// registers answer, and everything else stands still. Call from any process at any time. \throws InputError where it
    /// is longer than a millisecond
    void set_period(Period period);
    /// As it is now.
    Period period() const;

    /// What the network of a program counted: all its jobs since the one that began with tile 0, as far as they are. At
    /// `analytical` those of a job come at its end, and what is waited for is not known. \throws std::out_of_range
    Counters counters(std::size_t program) const;
    /// The same as a file of observations for `plumbline validate` and `calibrate` (observations.hpp). \throws std::out_of_range
    std::string observations(std::size_t program) const;
    /// So much of it.
    std::string observations(std::size_t program, Observed observed) const;
    /// Of all jobs since CONTROL.CLEAR or a reset, as the registers say.
    Cycles cycles() const;
    /// What all jobs have spent up to now, abandoned ones included; nothing sets it back. Words count when they begin to move,
    /// MACs when a chunk of iterations is over; at `analytical` a job spends evenly. Two samples make a power (energy.hpp).
    EnergySample energy() const;

    /// As given.
    const AcceleratorOptions& options() const { return options_; }
    /// How many there are.
    std::size_t programs() const { return programs_.size(); }
    /// Of all stacks of a program. \throws std::out_of_range, as `layout`, where there is no such program
    std::int64_t tiles(std::size_t program) const;
    /// Where the tensors of a program lie from the addresses in a job descriptor.
    const JobLayout& layout(std::size_t program) const;

private:
    SC_HAS_PROCESS(Accelerator);

    void load(const std::vector<AcceleratorProgram>& programs);
    const LoadedProgram& loaded(std::size_t program) const;
    void build_engines();
    void build_parts();
    std::uint32_t capabilities() const;
    std::uint32_t status() const;
    std::uint64_t counter(std::uint32_t select) const;

    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay);
    static bool is_live(const tlm::tlm_generic_payload& payload);
    tlm::tlm_response_status access(const tlm::tlm_generic_payload& payload);
    unsigned transport_dbg(tlm::tlm_generic_payload& payload);
    bool get_direct_mem_ptr(tlm::tlm_generic_payload& payload, tlm::tlm_dmi& dmi);
    void write(std::uint32_t offset, std::uint32_t value);
    void control(std::uint32_t command);
    bool held_in_reset() const { return reset.size() > 0 && reset->read(); }
    void obey();
    void start_anew();
    void drive();

    std::unique_ptr<Clock> clock_;  ///< outlives all that reckons in its time
    std::unique_ptr<const plumbline::Accelerator> description_;
    AcceleratorOptions options_;
    std::vector<std::unique_ptr<LoadedProgram>> programs_;
    std::unique_ptr<Dma> dma_;
    std::unique_ptr<JobRunner> runner_;
    std::unique_ptr<RegisterFile> file_;
    sc_core::sc_event interrupt_changed_{"interrupt_changed"};
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
