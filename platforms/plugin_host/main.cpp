// SPDX-License-Identifier: Apache-2.0
// A SystemC platform that meets the accelerator at run time: loads the plugin, makes instances, gives each a job.
//
//     plugin_host <libplumbline_sc.so> <accelerator> <network> <fidelity> <instances>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "driver.hpp"
#include "memory.hpp"
#include "plugin.hpp"

namespace {

constexpr std::int64_t kTileColumns = 60;
constexpr std::int64_t kTileRows = 72;

using Registers = tlm::tlm_base_target_socket_b<32>;
using Dma = tlm::tlm_base_initiator_socket_b<32>;
using Interrupt = sc_core::sc_port_b<sc_core::sc_signal_inout_if<bool>>;

void expect(int status, const plumbline_sc_functions& plugin, const plumbline_sc_config* config)
{
    if (status != 0) throw std::runtime_error(plugin.error(config));
}

/// A job for program 0; its tensors follow the descriptor. `end` is behind the last one.
plumbline_job job_for(const plumbline_sc_functions& plugin, const plumbline_sc_accelerator* npu, std::uint64_t& end)
{
    plumbline_job job{};
    job.magic = PLUMBLINE_JOB_MAGIC;
    job.version = PLUMBLINE_JOB_VERSION;
    job.flags = PLUMBLINE_JOB_INTERRUPT;
    end = std::uint64_t{2} * PLUMBLINE_ALIGNMENT;
    const auto place = [&](std::uint64_t& address, int group) {
        address = end;
        end += (plugin.group_size(npu, 0, group) + PLUMBLINE_ALIGNMENT - 1) / PLUMBLINE_ALIGNMENT * PLUMBLINE_ALIGNMENT;
    };
    place(job.input, PLUMBLINE_SC_INPUT);
    place(job.weights, PLUMBLINE_SC_WEIGHTS);
    place(job.output, PLUMBLINE_SC_OUTPUT);
    place(job.scratch, PLUMBLINE_SC_SCRATCH);
    return job;
}

/// An accelerator with a memory and a driver of its own.
struct Node {
    Node(const plumbline_sc_functions& functions, plumbline_sc_config* config, const std::string& name)
        : plugin{functions},
          npu{functions.create(config, name.c_str())}
    {
        if (npu == nullptr) throw std::runtime_error(functions.error(config));
        std::uint64_t size = 0;
        const plumbline_job job = job_for(functions, npu, size);
        memory = std::make_unique<Memory>((name + "_memory").c_str(), size);
        driver = std::make_unique<Driver>((name + "_driver").c_str(), *memory, job);
        driver->registers.bind(*static_cast<Registers*>(functions.registers(npu)));
        memory->socket.bind(*static_cast<Dma*>(functions.dma(npu)));
        static_cast<Interrupt*>(functions.interrupt(npu))->bind(line);
        driver->interrupt.bind(line);
    }
    ~Node() { plugin.destroy(npu); }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    const plumbline_sc_functions& plugin;
    plumbline_sc_accelerator* npu;
    sc_core::sc_signal<bool> line;
    std::unique_ptr<Memory> memory;
    std::unique_ptr<Driver> driver;
};

int run(const std::vector<std::string>& arguments)
{
    const plumbline_sc_functions& plugin = load_plugin(arguments.at(0));
    plumbline_sc_config* config = plugin.config_create();
    expect(plugin.set_accelerator(config, arguments.at(1).c_str()), plugin, config);
    expect(plugin.plan_program(config, arguments.at(2).c_str(), nullptr, kTileColumns, kTileRows, "fully-cached"),
           plugin, config);
    expect(plugin.set_fidelity(config, arguments.at(3).c_str()), plugin, config);
    std::vector<std::unique_ptr<Node>> nodes(std::stoul(arguments.at(4)));
    for (std::size_t i = 0; i < nodes.size(); ++i)
        nodes[i] = std::make_unique<Node>(plugin, config, "npu" + std::to_string(i));
    plugin.config_destroy(config);
    sc_core::sc_start();
    bool good = !nodes.empty();
    for (const auto& node : nodes) {
        std::cout << node->driver->report.str();
        good = good && node->driver->good;
    }
    return good ? 0 : 1;
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "plugin_host: " << error.what() << '\n';
        return 2;
    }
}
