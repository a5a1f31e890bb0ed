// SPDX-License-Identifier: Apache-2.0
// Firmware that has the accelerator write to its own registers, over a bus that leads there: what it commands itself, it
// obeys, and goes on.
#include <gmock/gmock.h>

#include "accelerator_platform.hpp"
#include "plumbline/validate/reference_network.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

constexpr std::uint64_t kRegisterBase = 0x80000000;

/// Leads to the RAM, and to registers from `kRegisterBase` on.
class DecodingBus : public sc_core::sc_module {
public:
    tlm_utils::multi_passthrough_target_socket<DecodingBus> in{"in"};
    tlm_utils::simple_initiator_socket<DecodingBus> to_ram{"to_ram"};
    tlm_utils::simple_initiator_socket<DecodingBus> to_registers{"to_registers"};

    explicit DecodingBus(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        in.register_b_transport(this, &DecodingBus::b_transport);
        in.register_transport_dbg(this, &DecodingBus::transport_dbg);
    }

private:
    void b_transport(int, tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        const std::uint64_t address = payload.get_address();
        if (address < kRegisterBase) return to_ram->b_transport(payload, delay);
        payload.set_address(address - kRegisterBase);
        to_registers->b_transport(payload, delay);
        payload.set_address(address);
    }

    unsigned transport_dbg(int, tlm::tlm_generic_payload& payload)
    {
        return payload.get_address() < kRegisterBase ? to_ram->transport_dbg(payload) : 0;
    }
};

struct Looped {
    explicit Looped(const sim::AcceleratorOptions& options)
        : accelerator{"npu", small::accelerator(), Platform::two_programs(), options}
    {
        host.socket.bind(bus.in);
        accelerator.dma.bind(bus.in);
        bus.to_ram.bind(ram.socket);
        bus.to_registers.bind(accelerator.registers);
        accelerator.interrupt(line);
        host.interrupt(line);
    }

    sim::NetworkData put_data(unsigned seed)
    {
        const Workload workload = small::TwoLayers{}.workload();
        sim::NetworkData data = sim::random_data(workload, seed);
        std::memcpy(ram.at(Platform::kInput), data.input.data(), data.input.size());
        std::memcpy(ram.at(Platform::kWeights), data.weights[0].data(), data.weights[0].size());
        std::memcpy(ram.at(Platform::kWeights + 64), data.weights[1].data(), data.weights[1].size());
        return data;
    }

    void store(const plumbline_job& job) { std::memcpy(ram.at(Platform::kJob), &job, sizeof job); }
    void write(std::uint32_t offset, std::uint32_t value) { host.write(address_of(offset), value); }
    std::uint32_t read(std::uint32_t offset) { return host.read(address_of(offset)); }
    static std::uint32_t address_of(std::uint32_t offset) { return static_cast<std::uint32_t>(kRegisterBase) + offset; }

    void start()
    {
        write(PLUMBLINE_REG_JOB_LOW, static_cast<std::uint32_t>(Platform::kJob));
        write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
    }

    DecodingBus bus{"bus"};
    Ram ram{"ram", Platform::kBase, Platform::kSize};
    sim::Accelerator accelerator;
    RegisterHost host{"host"};
    sc_core::sc_signal<bool> line{"line"};
};

class LoopedAccelerator : public testing::TestWithParam<Fidelity> {};

TEST_P(LoopedAccelerator, SurvivesWhatItWritesToItsOwnRegisters)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.longest_burst = 4;
    Looped platform{options};
    platform.host.script = [&](RegisterHost& host) {
        for (unsigned seed = 0; seed < 200; ++seed) {
            platform.put_data(seed);
            plumbline_job job = Platform::job();
            (seed % 3 == 0 ? job.completion : seed % 3 == 1 ? job.output : job.input) = kRegisterBase + seed % 2 * 64;
            platform.store(job);
            platform.start();
            host.ahead += sc_core::sc_time{seed * 10.0, sc_core::SC_NS};
        }
        platform.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        const sim::NetworkData data = platform.put_data(1);
        platform.store(Platform::job());
        platform.start();
        while ((platform.read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_IDLE) == 0) host.ahead += {1, sc_core::SC_US};
        EXPECT_EQ(platform.read(PLUMBLINE_REG_JOBS_DONE), 1U);
        const auto expected = validate::reference_output(small::TwoLayers{}.workload(), data);
        const auto* output = reinterpret_cast<const std::int8_t*>(platform.ram.at(Platform::kOutput));
        EXPECT_EQ(sim::FeatureValues(output, output + expected.size()), expected);
    };
    sc_core::sc_start();
    EXPECT_TRUE(platform.host.done);
}

TEST(ALoop, LetsTheAcceleratorResetItselfWithItsOutput)
{
    // At `analytical` the output goes out in order: its fourth word falls on CONTROL.
    sim::AcceleratorOptions options = real_data(Fidelity::analytical);
    options.longest_burst = 4;
    Looped platform{options};
    const Workload workload = small::TwoLayers{}.workload();
    unsigned seed = 0;
    const auto resets = [&] {
        const auto output = validate::reference_output(workload, sim::random_data(workload, seed));
        return (static_cast<unsigned>(output[PLUMBLINE_REG_CONTROL]) & PLUMBLINE_CONTROL_RESET) != 0;
    };
    while (!resets()) ++seed;
    platform.host.script = [&](RegisterHost& host) {
        platform.put_data(seed);
        plumbline_job job = Platform::job();
        job.output = kRegisterBase;
        platform.store(job);
        platform.start();
        host.ahead += {100, sc_core::SC_US};
        EXPECT_EQ(platform.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
        EXPECT_EQ(platform.read(PLUMBLINE_REG_JOBS_DONE), 0U);
        EXPECT_EQ(platform.read(PLUMBLINE_REG_JOB_LOW), 0U);
    };
    sc_core::sc_start();
    EXPECT_TRUE(platform.host.done);
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, LoopedAccelerator,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
