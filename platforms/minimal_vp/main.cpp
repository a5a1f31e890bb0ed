// SPDX-License-Identifier: Apache-2.0
#include <cstring>
#include <iostream>
#include <string>

#include <plumbline/firmware/plumbline_registers.h>
#include <tlm_utils/simple_initiator_socket.h>
#include <tlm_utils/simple_target_socket.h>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/accelerator.hpp>

using namespace plumbline;

struct Ram : sc_core::sc_module {
    tlm_utils::simple_target_socket<Ram> socket{"socket"};
    std::vector<unsigned char> bytes = std::vector<unsigned char>(64 << 20);
    explicit Ram(const sc_core::sc_module_name& name) : sc_module{name}
    {
        socket.register_b_transport(this, &Ram::b_transport);
    }
    void b_transport(tlm::tlm_generic_payload& payload, sc_core::sc_time& delay)
    {
        unsigned char* const here = &bytes.at(payload.get_address());
        if (payload.is_read()) std::memcpy(payload.get_data_ptr(), here, payload.get_data_length());
        if (payload.is_write()) std::memcpy(here, payload.get_data_ptr(), payload.get_data_length());
        delay += sc_core::sc_time{payload.get_data_length() / 16.0, sc_core::SC_NS};
        payload.set_response_status(tlm::TLM_OK_RESPONSE);
    }
};

struct Cpu : sc_core::sc_module {
    tlm_utils::simple_initiator_socket<Cpu> socket{"socket"};
    sc_core::sc_in<bool> interrupt{"interrupt"};
    SC_HAS_PROCESS(Cpu);
    explicit Cpu(const sc_core::sc_module_name& name) : sc_module{name} { SC_THREAD(run); }
    std::uint32_t access(tlm::tlm_command command, std::uint32_t address, std::uint32_t value = 0)
    {
        tlm::tlm_generic_payload payload;
        sc_core::sc_time delay;
        payload.set_command(command);
        payload.set_address(address);
        payload.set_data_ptr(reinterpret_cast<unsigned char*>(&value));
        payload.set_data_length(4);
        payload.set_streaming_width(4);
        socket->b_transport(payload, delay);
        wait(delay);
        return value;
    }
    void run()  // what firmware does: the job lies at address 0
    {
        access(tlm::TLM_WRITE_COMMAND, PLUMBLINE_REG_IRQ_ENABLE, PLUMBLINE_IRQ_DONE | PLUMBLINE_IRQ_ERROR);
        access(tlm::TLM_WRITE_COMMAND, PLUMBLINE_REG_CONTROL, PLUMBLINE_CONTROL_START);
        wait(interrupt.posedge_event());
        std::cout << access(tlm::TLM_READ_COMMAND, PLUMBLINE_REG_CYCLES_LOW) << " cycles, error "
                  << access(tlm::TLM_READ_COMMAND, PLUMBLINE_REG_ERROR) << ", at " << sc_core::sc_time_stamp() << '\n';
    }
};

int sc_main(int argc, char* argv[])
{
    const std::string data = argc > 1 ? argv[1] : "/usr/share/plumbline";
    const auto hardware = io::read_accelerator(data + "/accelerators/meta_prototype_df.yaml");
    const auto network = io::read_workload(data + "/workloads/defines/fsrcnn.yaml");
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    const auto schedule =
        plan_schedule(hardware, network, io::read_mapping(data + "/mappings/meta_prototype.yaml", hardware), options);
    if (!schedule) return std::cerr << schedule.reason() << '\n', 3;
    sim::Accelerator npu{"npu", hardware, {{network, *schedule}}};
    Cpu cpu{"cpu"};
    Ram ram{"ram"};
    sc_core::sc_signal<bool> interrupt{"interrupt"};
    cpu.socket.bind(npu.registers);
    npu.dma.bind(ram.socket);
    npu.interrupt.bind(interrupt);
    cpu.interrupt.bind(interrupt);
    plumbline_job job{PLUMBLINE_JOB_MAGIC, PLUMBLINE_JOB_VERSION};  // of program 0, all tiles
    job.flags = PLUMBLINE_JOB_INTERRUPT;
    job.input = 1 << 20;
    job.weights = 16 << 20;
    job.output = 32 << 20;
    job.scratch = 48 << 20;
    std::memcpy(ram.bytes.data(), &job, sizeof job);
    sc_core::sc_start();
    return 0;
}
