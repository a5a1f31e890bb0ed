// SPDX-License-Identifier: Apache-2.0
// What the accelerator sends to system memory, and how much of it at a time: bursts, alignment, outstanding transactions,
// four phases, addresses, extensions, and what it says of a refusal.
#include <gmock/gmock.h>

#include "accelerator_platform.hpp"
#include "plumbline/validate/reference_network.hpp"
#include "systemc/nanoseconds.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;
using Memory = Platform::Memory;
using Transport = sim::BusTransport;

/// Of one whole job.
std::uint64_t cycles_of_job(Platform& platform)
{
    std::uint64_t cycles = 0;
    platform.run([&](RegisterHost& host) {
        host.enable_interrupts();
        host.start(platform.store(Platform::job()));
        host.await_interrupt();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        cycles = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
    });
    EXPECT_TRUE(platform.host.done);
    return cycles;
}

class Dma : public testing::TestWithParam<Fidelity> {};

TEST_P(Dma, SendsNoBurstAcrossTheAlignmentNorBeyondTheLongest)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.longest_burst = 6;
    options.alignment = 4;
    Platform platform{options};
    std::size_t bursts = 0;
    platform.ram.listener = [&](const tlm::tlm_generic_payload& payload) {
        ++bursts;
        const std::uint64_t last = payload.get_address() + payload.get_data_length() - 1;
        EXPECT_EQ(payload.get_address() / 4, last / 4) << payload.get_address();
    };
    cycles_of_job(platform);
    EXPECT_GT(bursts, (64U + 32U) / 4U) << "descriptor, completion record and data";
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST_P(Dma, AlignsTheAddressesThatTheBusSees)
{
    // Two bytes further, what begins at a multiple of 64 is two bytes behind the boundary: 2 bytes, then 4 at a time.
    sim::AcceleratorOptions options = real_data(GetParam());
    options.alignment = 4;
    options.address_offset = 2;
    Platform platform{options};
    std::memmove(platform.ram.at(Platform::kBase + 2), platform.ram.at(Platform::kBase), Platform::kSize - 2);
    const plumbline_job job = Platform::job();
    std::memcpy(platform.ram.at(Platform::kJob + 2), &job, sizeof job);
    std::vector<std::pair<std::uint64_t, unsigned>> bursts;
    platform.ram.listener = [&](const tlm::tlm_generic_payload& payload) {
        bursts.emplace_back(payload.get_address(), payload.get_data_length());
    };
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    ASSERT_GT(bursts.size(), 2U);
    EXPECT_EQ(bursts[0], (std::pair<std::uint64_t, unsigned>{Platform::kJob + 2, 2U}));
    EXPECT_EQ(bursts[1], (std::pair<std::uint64_t, unsigned>{Platform::kJob + 4, 4U}));
    const sim::FeatureValues expected = validate::reference_output(platform.network().workload(), platform.data);
    EXPECT_EQ(std::memcmp(platform.ram.at(Platform::kOutput + 2), expected.data(), expected.size()), 0);
}

TEST_P(Dma, AddsAnOffsetToAddressesBehindTheWindow)
{
    // Firmware counts from 0; the window is of its addresses, and an error tells one of them.
    sim::AcceleratorOptions options = real_data(GetParam());
    options.address_offset = Platform::kBase;
    options.window = {0, Platform::kSize - 1};
    Platform platform{options};
    plumbline_job job = Platform::job();
    for (std::uint64_t* address : {&job.input, &job.weights, &job.output, &job.scratch, &job.completion})
        *address -= Platform::kBase;
    platform.store(job);
    platform.run([&](RegisterHost& host) {
        host.start(Platform::kJob - Platform::kBase);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
        host.start(Platform::kBase);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_WINDOW);
        EXPECT_EQ(host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW), Platform::kBase);
    });
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_EQ(platform.ram.outside, 0);
}

class Outstanding : public testing::TestWithParam<std::tuple<Fidelity, std::size_t, Transport>> {
protected:
    static sim::AcceleratorOptions options()
    {
        sim::AcceleratorOptions options = real_data(std::get<0>(GetParam()));
        options.longest_burst = 4;
        options.alignment = 4;
        options.outstanding = std::get<1>(GetParam());
        options.transport = std::get<2>(GetParam());
        return options;
    }
};

TEST_P(Outstanding, AreAsManyAsThereMayBeAndDataStayRight)
{
    const auto chosen = options();
    Platform platform{chosen, Platform::two_programs(), "", Memory::approximately_timed};
    platform.at_memory.accepts = sc_core::SC_ZERO_TIME;
    cycles_of_job(platform);
    // The descriptor alone is 64 bytes, 16 bursts.
    EXPECT_EQ(platform.at_memory.most_under_way, chosen.outstanding);
    EXPECT_EQ(platform.at_memory.under_way, 0U);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(OfEveryKind, Outstanding,
                         testing::Combine(testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                                          testing::Values(1, 4, 16),
                                          testing::Values(Transport::blocking, Transport::non_blocking)),
                         [](const auto& test) {
                             const bool blocking = std::get<2>(test.param) == Transport::blocking;
                             return std::string{name_of(std::get<0>(test.param))} + "_" +
                                    std::to_string(std::get<1>(test.param)) + (blocking ? "" : "_in_four_phases");
                         });

TEST(DmaTime, IsThatOfBurstsInGroupsOfAsManyAsAreOutstanding)
{
    // A descriptor of 64 bytes in bursts of 4, of 50 ns each: 16 of them one after the other, 4 times 4, and all at once.
    for (const auto& [outstanding, expected] : {std::pair{1, 16 * 50}, std::pair{4, 4 * 50}, std::pair{16, 50}}) {
        for (bool annotates : {false, true}) {
            sim::AcceleratorOptions options;
            options.longest_burst = 4;
            options.outstanding = static_cast<std::size_t>(outstanding);
            options.register_latency = sim::Nanoseconds{0};
            const std::string prefix = "p" + std::to_string(outstanding) + (annotates ? "a_" : "w_");
            static std::vector<std::unique_ptr<Platform>> platforms;
            platforms.push_back(std::make_unique<Platform>(options, Platform::two_programs(), prefix));
            Platform& platform = *platforms.back();
            (annotates ? platform.ram.annotates : platform.ram.waits) = nanoseconds(50);
            plumbline_job job = Platform::job();
            job.magic = 0;  // nothing follows
            platform.store(job);
            platform.host.stops = false;
            platform.host.script = [expected = expected](RegisterHost& host) {
                host.start(Platform::kJob);
                const sc_core::sc_time begin = sc_core::sc_time_stamp();
                host.ahead += nanoseconds(0.5);  // between the instants in which anything ends
                while ((host.read(PLUMBLINE_REG_STATUS) & PLUMBLINE_STATUS_IDLE) == 0) host.ahead += nanoseconds(1);
                EXPECT_EQ(sc_core::sc_time_stamp() + host.ahead - begin, nanoseconds(expected + 0.5));
            };
        }
    }
    sc_core::sc_start(10, sc_core::SC_US);
}

/// What a bus of others wants to know of each transaction.
struct Source : tlm::tlm_extension<Source> {
    static inline int alive = 0;
    Source() { ++alive; }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;
    ~Source() override { --alive; }
    tlm::tlm_extension_base* clone() const override { return new Source; }
    void copy_from(const tlm::tlm_extension_base&) override {}
};

TEST_P(Dma, CarriesExtensionsOfTheHostAndFreesThem)
{
    Platform platform{real_data(GetParam())};
    platform.accelerator.extend_payloads(
        [](tlm::tlm_generic_payload& payload) { payload.set_auto_extension(new Source); });
    int seen = 0;
    platform.ram.listener = [&](const tlm::tlm_generic_payload& payload) {
        seen += payload.get_extension<Source>() != nullptr ? 1 : 0;
    };
    cycles_of_job(platform);
    EXPECT_GT(seen, 0);
    EXPECT_EQ(seen, platform.ram.transactions);
    EXPECT_EQ(Source::alive, 0);
}

/// Answers what it is told to answer, from an address on.
struct Refuser : sc_core::sc_module {
    tlm_utils::simple_target_socket<Refuser> in{"in"};
    tlm_utils::simple_initiator_socket<Refuser> out{"out"};
    tlm::tlm_response_status answer = tlm::TLM_OK_RESPONSE;

    explicit Refuser(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        in.register_b_transport(this, &Refuser::b_transport);
        in.register_transport_dbg(this, &Refuser::transport_dbg);
    }
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        const bool refused = payload.get_address() >= Platform::kOutput && answer != tlm::TLM_OK_RESPONSE;
        if (!refused) out->b_transport(payload, delay);
        if (refused) payload.set_response_status(answer);
        payload.set_address(0);  // an interconnect may
    }
    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }
};

TEST_P(Dma, TellsExactlyHowTheBusRefused)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.longest_burst = 4;
    Platform platform{options, Platform::two_programs(), "", Memory::bound_later};
    Refuser refuser{"refuser"};
    platform.to_memory.out.bind(refuser.in);
    refuser.out.bind(platform.ram.socket);
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        const auto expect = [&](tlm::tlm_response_status answer, std::uint32_t response) {
            refuser.answer = answer;
            host.start(Platform::kJob);
            host.await_idle();
            EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_BUS_WRITE);
            EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR_RESPONSE), response);
            const std::uint64_t address = host.read_pair(PLUMBLINE_REG_ERROR_DETAIL_LOW);
            EXPECT_EQ(address, Platform::kOutput) << "of the burst, whatever the bus made of it";
            host.acknowledge();
            EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR_RESPONSE), PLUMBLINE_RESPONSE_NONE);
        };
        expect(tlm::TLM_GENERIC_ERROR_RESPONSE, PLUMBLINE_RESPONSE_GENERIC);
        expect(tlm::TLM_ADDRESS_ERROR_RESPONSE, PLUMBLINE_RESPONSE_ADDRESS);
        expect(tlm::TLM_COMMAND_ERROR_RESPONSE, PLUMBLINE_RESPONSE_COMMAND);
        expect(tlm::TLM_BURST_ERROR_RESPONSE, PLUMBLINE_RESPONSE_BURST);
        expect(tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE, PLUMBLINE_RESPONSE_BYTE_ENABLE);
        expect(tlm::TLM_INCOMPLETE_RESPONSE, PLUMBLINE_RESPONSE_INCOMPLETE);
        refuser.answer = tlm::TLM_OK_RESPONSE;
        host.start(Platform::kJob);
        host.await_idle();
        EXPECT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    EXPECT_TRUE(platform.host.done);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
}

TEST_P(Dma, KeepsTheBaseProtocolAtBothEndsInAWholeFrame)
{
    sim::AcceleratorOptions options = real_data(GetParam());
    options.longest_burst = 8;
    options.outstanding = 4;
    options.transport = Transport::non_blocking;
    Platform platform{options, Platform::two_programs(), "", Memory::approximately_timed};
    platform.host.four_phases = true;
    cycles_of_job(platform);
    EXPECT_EQ(platform.output(), validate::reference_output(platform.network().workload(), platform.data));
    EXPECT_GT(platform.to_memory.transactions(), 0);
    EXPECT_EQ(platform.to_memory.most_under_way(), 4U);
    EXPECT_EQ(platform.to_memory.under_way(), 0U);
    EXPECT_GT(platform.to_registers.transactions(), 0);
    EXPECT_EQ(platform.to_registers.most_under_way(), 1U);
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
    EXPECT_THAT(platform.to_registers.violations(), testing::IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, Dma,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

}  // namespace
}  // namespace plumbline::test
