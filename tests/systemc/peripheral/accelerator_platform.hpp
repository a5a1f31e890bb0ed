// SPDX-License-Identifier: Apache-2.0
// A platform around the accelerator: a RAM, a host that runs a script of register accesses, and an interrupt line.
//
//     AcceleratorPlatform platform{{network}, options};
//     platform.run([&](RegisterHost& host) { host.start(platform.store(job)); host.await_interrupt(); });
#pragma once

#include <cstring>
#include <functional>
#include <memory>
#include <random>

#include "plumbline/firmware/plumbline_registers.h"
#include "plumbline/sim/accelerator.hpp"
#include "plumbline/sim/network_data.hpp"
#include "systemc/tlm/at_memory.hpp"
#include "systemc/tlm/non_blocking_initiator.hpp"
#include "systemc/tlm/protocol_monitor.hpp"
#include "systemc/two_layers.hpp"

namespace plumbline::test {

/// Bytes from `base` on. Transactions wait, annotate a delay, or fail; what lies outside is refused and counted.
class Ram : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<Ram> socket{"socket"};
    sc_core::sc_time waits;
    sc_core::sc_time annotates;
    bool debug = true;
    std::uint64_t refused_from = ~std::uint64_t{0};  ///< addresses from here on answer with an error
    std::int64_t outside = 0;
    std::int64_t transactions = 0;
    std::function<void(const tlm::tlm_generic_payload&)> listener;  ///< told of transactions before they move anything

    Ram(const sc_core::sc_module_name& name, std::uint64_t base, std::size_t size)
        : sc_core::sc_module{name},
          base_{base},
          bytes_(size)
    {
        socket.register_b_transport(this, &Ram::b_transport);
        socket.register_transport_dbg(this, &Ram::transport_dbg);
    }

    unsigned char* at(std::uint64_t address) { return bytes_.data() + (address - base_); }
    std::uint64_t base() const { return base_; }
    std::size_t size() const { return bytes_.size(); }

private:
    bool holds(std::uint64_t address, std::uint64_t length) const
    {
        return address >= base_ && address - base_ <= bytes_.size() && length <= bytes_.size() - (address - base_);
    }

    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        ++transactions;
        if (listener) listener(payload);
        if (waits > sc_core::SC_ZERO_TIME) sc_core::wait(waits);
        delay += annotates;
        if (!holds(payload.get_address(), payload.get_data_length())) ++outside;
        const bool refused = payload.get_address() + payload.get_data_length() > refused_from;
        const bool moved = !refused && move(payload);
        payload.set_response_status(moved ? tlm::TLM_OK_RESPONSE : tlm::TLM_ADDRESS_ERROR_RESPONSE);
    }

    unsigned transport_dbg(tlm::tlm_generic_payload& payload)
    {
        return debug && move(payload) ? payload.get_data_length() : 0;
    }

    bool move(tlm::tlm_generic_payload& payload)
    {
        const unsigned length = payload.get_data_length();
        if (!holds(payload.get_address(), length)) return false;
        unsigned char* here = at(payload.get_address());
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), here, length);
        if (payload.is_write()) std::memcpy(here, payload.get_data_ptr(), length);
        return true;
    }

    std::uint64_t base_;
    std::vector<unsigned char> bytes_;
};

/// A CPU as the accelerator sees it: accesses to registers, with or without a local time of its own.
class RegisterHost : public sc_core::sc_module {
public:
    SC_HAS_PROCESS(RegisterHost);
    tlm_utils::simple_initiator_socket<RegisterHost> socket{"socket"};
    sc_core::sc_in<bool> interrupt{"interrupt"};
    std::function<void(RegisterHost&)> script;
    sc_core::sc_time ahead;  ///< local time, as the last access left it
    bool done = false;
    bool stops = true;         ///< the simulation, when the script is over
    bool four_phases = false;  ///< accesses go by non-blocking transport, at local time zero

    explicit RegisterHost(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        socket.register_nb_transport_bw(this, &RegisterHost::nb_transport_bw);
        SC_THREAD(work);
    }

    tlm::tlm_response_status access(tlm::tlm_command command, std::uint64_t address, unsigned char* data,
                                    unsigned length = 4, const unsigned char* enables = nullptr)
    {
        if (four_phases) return access_in_four_phases(command, address, data, length);
        tlm::tlm_generic_payload payload;
        payload.set_command(command);
        payload.set_address(address);
        payload.set_data_ptr(data);
        payload.set_data_length(length);
        payload.set_streaming_width(length);
        payload.set_byte_enable_ptr(const_cast<unsigned char*>(enables));
        payload.set_byte_enable_length(enables == nullptr ? 0 : length);
        socket->b_transport(payload, ahead);
        return payload.get_response_status();
    }

    std::uint32_t read(std::uint32_t offset)
    {
        std::array<unsigned char, 4> bytes{};
        last = access(tlm::TLM_READ_COMMAND, offset, bytes.data());
        return std::uint32_t{bytes[0]} | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
               std::uint32_t{bytes[3]} << 24;
    }

    void write(std::uint32_t offset, std::uint32_t value)
    {
        std::array<unsigned char, 4> bytes{};
        for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<unsigned char>(value >> (8 * i));
        last = access(tlm::TLM_WRITE_COMMAND, offset, bytes.data());
    }

    std::uint64_t read_pair(std::uint32_t low)
    {
        const std::uint64_t value = read(low);
        return value | std::uint64_t{read(low + 4)} << 32;
    }

    void start(std::uint64_t descriptor)
    {
        write(PLUMBLINE_REG_JOB_LOW, static_cast<std::uint32_t>(descriptor));
        write(PLUMBLINE_REG_JOB_HIGH, static_cast<std::uint32_t>(descriptor >> 32));
        write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
    }

    void enable_interrupts() { write(PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR); }
    void acknowledge() { write(PLUMBLINE_REG_IRQ_ACK, ~0U); }
    /// At local time zero.
    void sync()
    {
        sc_core::wait(ahead);
        ahead = sc_core::SC_ZERO_TIME;
    }
    void await_interrupt()
    {
        sync();
        while (!interrupt.read()) sc_core::wait(interrupt.value_changed_event());
    }
    void await_idle()
    {
        while ((read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_IDLE) == 0) ahead += {100, sc_core::SC_NS};
    }

    tlm::tlm_response_status last = tlm::TLM_INCOMPLETE_RESPONSE;

private:
    tlm::tlm_response_status access_in_four_phases(tlm::tlm_command command, std::uint64_t address, unsigned char* data,
                                                   unsigned length)
    {
        sync();
        sim::ManagedPayload payload{command, address, {data, data + length}};
        tlm::tlm_phase phase = tlm::BEGIN_REQ;
        sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
        const bool completed = socket->nb_transport_fw(payload.get(), phase, delay) == tlm::TLM_COMPLETED;
        if (completed || phase == tlm::BEGIN_RESP) {
            sc_core::wait(delay);
        } else {
            sc_core::wait(responded_);
        }
        if (!completed) {
            phase = tlm::END_RESP;
            delay = sc_core::SC_ZERO_TIME;
            socket->nb_transport_fw(payload.get(), phase, delay);
        }
        std::copy_n(payload->get_data_ptr(), length, data);
        return payload->get_response_status();
    }

    tlm::tlm_sync_enum nb_transport_bw(tlm::tlm_generic_payload&, tlm::tlm_phase& phase, sc_core::sc_time& delay)
    {
        if (phase == tlm::BEGIN_RESP) responded_.notify(delay);
        return tlm::TLM_ACCEPTED;
    }

    void work()
    {
        script(*this);
        sync();
        done = true;
        if (stops) sc_core::sc_stop();
    }

    sc_core::sc_event responded_;
};

/// For targets that a test leaves alone.
struct IdleInitiator : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<IdleInitiator> out{"out"};
    explicit IdleInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name} {}
};

/// The small machine with its two layers, or others, between a host and a RAM of 64 KiB at 0x10000.
struct AcceleratorPlatform {
    static constexpr std::uint64_t kBase = 0x10000;
    static constexpr std::uint64_t kSize = 0x10000;
    static constexpr std::uint64_t kJob = kBase + 0x40;
    static constexpr std::uint64_t kRecord = kBase + 0x1000;
    static constexpr std::uint64_t kInput = kBase + 0x2000;
    static constexpr std::uint64_t kWeights = kBase + 0x3000;
    static constexpr std::uint64_t kOutput = kBase + 0x4000;
    static constexpr std::uint64_t kScratch = kBase + 0x5000;

    /// What the accelerator reads and writes: the RAM, its bytes behind four phases, or what the test binds to `to_memory`.
    enum class Memory { loosely_timed, approximately_timed, bound_later };

    explicit AcceleratorPlatform(const sim::AcceleratorOptions& options = {},
                                 const std::vector<sim::AcceleratorProgram>& programs = two_programs(),
                                 const std::string& prefix = "", Memory memory = Memory::loosely_timed,
                                 Accelerator description = small::accelerator())
        : networks{programs},
          ram{(prefix + "ram").c_str(), kBase, kSize},
          at_memory{(prefix + "at_memory").c_str(), ram.at(kBase), kBase, kSize},
          accelerator{(prefix + "npu").c_str(), std::move(description), programs, options},
          host{(prefix + "host").c_str()}
    {
        host.socket.bind(to_registers.in);
        to_registers.out.bind(accelerator.registers);
        accelerator.dma.bind(to_memory.in);
        bind_memory(memory);
        accelerator.interrupt(line);
        accelerator.reset(reset);
        host.interrupt(line);
        put_data(1);
    }

    void bind_memory(Memory memory)
    {
        if (memory == Memory::loosely_timed) to_memory.out.bind(ram.socket);
        memory == Memory::approximately_timed ? to_memory.out.bind(at_memory.socket) : idle.out.bind(at_memory.socket);
        if (memory == Memory::approximately_timed) idle.out.bind(ram.socket);
    }

    /// The same network twice, so that there are two.
    static std::vector<sim::AcceleratorProgram> two_programs()
    {
        const small::TwoLayers network;
        const sim::AcceleratorProgram program{network.workload(), network.schedule()};
        return {program, program};
    }

    static plumbline_job job()
    {
        plumbline_job job{};
        job.magic = PLUMBLINE_JOB_MAGIC;
        job.version = PLUMBLINE_JOB_VERSION;
        job.flags = PLUMBLINE_JOB_INTERRUPT;
        job.input = kInput;
        job.weights = kWeights;
        job.output = kOutput;
        job.scratch = kScratch;
        job.completion = kRecord;
        return job;
    }
    static plumbline_job job(std::uint32_t first_tile, std::uint32_t tiles)
    {
        plumbline_job some = job();
        some.first_tile = first_tile;
        some.tiles = tiles;
        return some;
    }

    /// The tests run on little-endian hosts, as the descriptor is.
    std::uint64_t store(const plumbline_job& job, std::uint64_t address = kJob)
    {
        std::memcpy(ram.at(address), &job, sizeof job);
        return address;
    }
    plumbline_completion record(std::uint64_t address = kRecord)
    {
        plumbline_completion record{};
        std::memcpy(&record, ram.at(address), sizeof record);
        return record;
    }

    const sim::AcceleratorProgram& network() const { return networks.front(); }

    void put_data(unsigned seed)
    {
        data = sim::random_data(network().workload(), seed);
        const std::vector<std::uint64_t> addresses =
            accelerator.layout(0).addresses({kInput, kWeights, kOutput, kScratch});
        for (std::size_t id = 0; id < addresses.size(); ++id) {
            const sim::OffChipArea& area = accelerator.layout(0).areas[id].tensor;
            if (area.kind == sim::OffChipArea::Kind::output_map) continue;
            const bool input = area.kind == sim::OffChipArea::Kind::input_map;
            const sim::FeatureValues& values = input ? data.input : data.weights.at(area.layer);
            std::memcpy(ram.at(addresses[id]), values.data(), values.size());
        }
    }

    sim::FeatureValues output()
    {
        const Workload& workload = network().workload();
        const std::int64_t size = sim::output_shape(workload.layer(workload.outputs().front())).features();
        const auto* bytes = reinterpret_cast<const std::int8_t*>(ram.at(kOutput));
        return {bytes, bytes + size};
    }
    void forget_output() { std::memset(ram.at(kOutput), 0x55, 0x1000); }

    void run(std::function<void(RegisterHost&)> script)
    {
        host.script = std::move(script);
        sc_core::sc_start();
    }

    std::vector<sim::AcceleratorProgram> networks;
    sim::NetworkData data;
    Ram ram;
    AtMemory at_memory;
    IdleInitiator idle{sc_core::sc_gen_unique_name("idle")};
    sim::Accelerator accelerator;
    RegisterHost host;
    sim::ProtocolMonitor to_registers{sc_core::sc_gen_unique_name("to_registers")};
    sim::ProtocolMonitor to_memory{sc_core::sc_gen_unique_name("to_memory")};
    sc_core::sc_signal<bool> line{sc_core::sc_gen_unique_name("line")};
    sc_core::sc_signal<bool, sc_core::SC_MANY_WRITERS> reset{sc_core::sc_gen_unique_name("reset_line")};
};

inline sim::AcceleratorOptions real_data(sim::AcceleratorFidelity fidelity = sim::AcceleratorFidelity::transaction)
{
    sim::AcceleratorOptions options;
    options.fidelity = fidelity;
    options.data = sim::AcceleratorData::real;
    return options;
}

}  // namespace plumbline::test
