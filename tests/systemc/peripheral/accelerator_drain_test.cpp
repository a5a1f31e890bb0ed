// SPDX-License-Identifier: Apache-2.0
// Reset beside targets of others, which no process may leave by an exception: what is under way there completes, and the
// next job begins after it.
#include <gmock/gmock.h>

#include <random>

#include "accelerator_platform.hpp"
#include "systemc/nanoseconds.hpp"
#include "systemc/tlm/at_memory.hpp"

namespace plumbline::test {
namespace {

using Fidelity = sim::AcceleratorFidelity;
using Platform = AcceleratorPlatform;

/// Serves one transaction at a time, and never again once somebody has not returned the ticket.
class TicketTarget : public sc_core::sc_module {
public:
    tlm_utils::simple_target_socket<TicketTarget> in{"in"};
    tlm_utils::simple_initiator_socket<TicketTarget> out{"out"};

    explicit TicketTarget(const sc_core::sc_module_name& name) : sc_core::sc_module{name}
    {
        in.register_b_transport(this, &TicketTarget::b_transport);
        in.register_transport_dbg(this, &TicketTarget::transport_dbg);
    }

private:
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        while (taken_) sc_core::wait(returned_);
        taken_ = true;
        sc_core::wait(delay + nanoseconds(7));
        delay = sc_core::SC_ZERO_TIME;
        out->b_transport(payload, delay);
        taken_ = false;
        returned_.notify();
    }
    unsigned transport_dbg(tlm::tlm_generic_payload& payload) { return out->transport_dbg(payload); }

    bool taken_ = false;
    sc_core::sc_event returned_;
};

/// 200 jobs that are reset at random moments, each followed by one that is not. The memory is built and bound by a derived
/// class. \param reset by register or by line, in turn
void expect_unchanged_after_resets(Platform& platform)
{
    const unsigned seed = 20271;
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random{seed};
    platform.store(Platform::job());
    platform.run([&](RegisterHost& host) {
        const auto run = [&] {
            const sc_core::sc_time begin = sc_core::sc_time_stamp();
            host.enable_interrupts();
            host.start(Platform::kJob);
            host.await_interrupt();
            return (sc_core::sc_time_stamp() - begin) / nanoseconds(1);
        };
        const double length = run();
        const std::uint64_t cycles = host.read_pair(PLUMBLINE_REG_CYCLES_LOW);
        const sim::FeatureValues output = platform.output();
        std::uniform_real_distribution<double> times{0, length};
        for (int i = 0; i < 200; ++i) {
            host.start(Platform::kJob);
            host.ahead += nanoseconds(times(random));
            if (i % 2 == 0) {
                host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
            } else {
                host.sync();
                platform.reset.write(true);
                sc_core::wait(3, sc_core::SC_NS);
                platform.reset.write(false);
                sc_core::wait(1, sc_core::SC_NS);
            }
            platform.forget_output();
            run();
            ASSERT_EQ(host.read_pair(PLUMBLINE_REG_CYCLES_LOW), cycles) << i;
            ASSERT_EQ(host.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE) << i;
            ASSERT_EQ(platform.output(), output) << i;
            host.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        }
    });
    EXPECT_TRUE(platform.host.done) << "somebody waits for ever";
    EXPECT_THAT(platform.to_memory.violations(), testing::IsEmpty());
}

struct AnyMemory : testing::TestWithParam<Fidelity> {
    static sim::AcceleratorOptions options()
    {
        sim::AcceleratorOptions options = real_data(GetParam());
        options.longest_burst = 8;
        return options;
    }
};

TEST_P(AnyMemory, OfNonBlockingTransportAloneMayBeResetAt)
{
    const auto options = AnyMemory::options();
    Platform platform{options, Platform::two_programs(), "", Platform::Memory::approximately_timed};
    expect_unchanged_after_resets(platform);
    EXPECT_EQ(platform.at_memory.under_way, 0U);
}

TEST_P(AnyMemory, ThatHandsOutATicketMayBeResetAt)
{
    TicketTarget ticket{"ticket"};
    Platform platform{options(), Platform::two_programs(), "", Platform::Memory::bound_later};
    platform.to_memory.out.bind(ticket.in);
    ticket.out.bind(platform.ram.socket);
    expect_unchanged_after_resets(platform);
}

INSTANTIATE_TEST_SUITE_P(AtEveryFidelity, AnyMemory,
                         testing::Values(Fidelity::cycle, Fidelity::transaction, Fidelity::analytical),
                         [](const auto& test) { return std::string{name_of(test.param)}; });

/// An initiator without a thread: an instruction-set simulator that runs in a method, or a bridge from another event loop.
struct MethodInitiator : sc_core::sc_module {
    SC_HAS_PROCESS(MethodInitiator);
    tlm_utils::simple_initiator_socket<MethodInitiator> socket{"socket"};
    std::vector<std::function<void()>> steps;  ///< one every 100 ns

    explicit MethodInitiator(const sc_core::sc_module_name& name) : sc_core::sc_module{name} { SC_METHOD(step); }

    std::uint32_t access(tlm::tlm_command command, std::uint32_t offset, std::uint32_t value = 0)
    {
        tlm::tlm_generic_payload payload;
        payload.set_command(command);
        payload.set_address(offset);
        payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
        payload.set_data_length(4);
        payload.set_streaming_width(4);
        sc_core::sc_time delay = nanoseconds(5);
        socket->b_transport(payload, delay);
        EXPECT_TRUE(payload.is_response_ok());
        EXPECT_EQ(delay, nanoseconds(5 + 10)) << "nobody waited, the latency is added";
        return value;
    }
    void write(std::uint32_t offset, std::uint32_t value) { access(tlm::TLM_WRITE_COMMAND, offset, value); }
    std::uint32_t read(std::uint32_t offset) { return access(tlm::TLM_READ_COMMAND, offset); }

private:
    void step()
    {
        if (next_ == steps.size()) return sc_core::sc_stop();
        steps[next_++]();
        next_trigger(100, sc_core::SC_NS);
    }

    std::size_t next_ = 0;
};

TEST(MethodInitiator, CommandsJobsAndResetsWithoutWaiting)
{
    Ram ram{"ram", Platform::kBase, Platform::kSize};
    ram.waits = nanoseconds(150);  // the descriptor is still being read when the reset comes
    sim::Accelerator accelerator{"npu", small::accelerator(), Platform::two_programs()};
    MethodInitiator initiator{"initiator"};
    initiator.socket.bind(accelerator.registers);
    accelerator.dma.bind(ram.socket);
    const plumbline_job job = Platform::job();
    std::memcpy(ram.at(Platform::kJob), &job, sizeof job);
    const auto start = [&] {
        initiator.write(PLUMBLINE_REG_JOB_LOW, Platform::kJob);
        initiator.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
    };
    initiator.steps.emplace_back([&] { EXPECT_EQ(initiator.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE); });
    initiator.steps.emplace_back(start);
    initiator.steps.emplace_back([&] {
        EXPECT_EQ(initiator.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_BUSY);
        initiator.write(PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_RESET);
        EXPECT_EQ(initiator.read(PLUMBLINE_REG_STATUS), PLUMBLINE_STATUS_IDLE);
    });
    initiator.steps.emplace_back(start);
    for (int i = 0; i < 100; ++i) initiator.steps.emplace_back([] {});
    initiator.steps.emplace_back([&] {
        EXPECT_EQ(initiator.read(PLUMBLINE_REG_JOBS_DONE), 1U);
        EXPECT_EQ(initiator.read(PLUMBLINE_REG_ERROR), PLUMBLINE_ERROR_NONE);
    });
    sc_core::sc_start();
}

}  // namespace
}  // namespace plumbline::test
