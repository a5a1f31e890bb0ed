// SPDX-License-Identifier: Apache-2.0
// Frames of FSRCNN on Meta_prototype_DF, on a bus of VCML beside a RAM of VCML. They compute the data of seed 1, and the output is
// compared with what `plumbline simulate --functional --functional-out` wrote. All is configured by properties of VCML:
//
//     vcml_host -c soc.descriptions=platforms -c soc.expected=output.npy -c soc.firmware.reset_after=1000000
#include <plumbline/error.hpp>
#include <plumbline/io/description_folder.hpp>
#include <plumbline/io/npy.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>

#include <iostream>

#include "firmware.hpp"
#include "npu.hpp"

using namespace plumbline;

namespace {

/// What is run, as properties of the platform say it.
class Subject {
public:
    explicit Subject(const std::string& folder, const std::string& network, const std::vector<vcml::u64>& tile)
        : built_in{folder},
          hardware{io::read_accelerator(file(io::Description::accelerator, "meta_prototype_df"))},
          workload{io::read_workload(built_in, network, "workload")},
          data{sim::random_data(workload, 1)}
    {
        const MappingRules rules = io::read_mapping(file(io::Description::mapping, "meta_prototype"), hardware);
        if (tile.size() != 2) throw InputError{"soc.tile", "expected columns and rows"};
        PlanOptions options;
        options.stacks = {{TileSize{static_cast<std::int64_t>(tile[0]), static_cast<std::int64_t>(tile[1])},
                           OverlapMode::fully_cached}};
        Outcome<Schedule> planned = plan_schedule(hardware, workload, rules, options);
        if (!planned) throw InputError{"soc.tile", planned.reason()};
        schedule = std::move(*planned);
    }

    io::DescriptionFolder built_in;
    Accelerator hardware;
    Workload workload;
    sim::NetworkData data;
    Schedule schedule;

private:
    std::string file(io::Description kind, const char* name) const { return built_in.find(kind, name, name); }
};

sim::AcceleratorOptions defaults()
{
    sim::AcceleratorOptions options;
    options.data = sim::AcceleratorData::real;
    return options;
}

class Soc : public vcml::module {
public:
    vcml::property<vcml::string> descriptions;    ///< folder
    vcml::property<vcml::string> workload;        ///< name or file
    vcml::property<vcml::string> expected;        ///< .npy file
    vcml::property<std::vector<vcml::u64>> tile;  ///< columns and rows
    Subject subject;
    vcml::generic::clock clock;
    vcml::generic::reset reset;
    vcml::generic::bus bus;
    vcml::generic::memory ram;
    Npu npu;
    Firmware firmware;
    sc_core::sc_signal<bool> line{"line"};

    explicit Soc(const sc_core::sc_module_name& name)
        : vcml::module{name},
          descriptions{"descriptions", "/usr/share/plumbline"},
          workload{"workload", "fsrcnn"},
          expected{"expected", "output.npy"},
          tile{"tile", {std::vector<vcml::u64>{60, 72}}},
          subject{descriptions.get(), workload.get(), tile.get()},
          clock{"clock", 1 * vcml::GHz},
          reset{"reset"},
          bus{"bus"},
          ram{"ram", memory_map::kRamBytes, false, vcml::VCML_ALIGN_NONE, kRamLatency, kRamLatency},
          npu{"npu", subject.hardware, {subject.workload, subject.schedule}, defaults()},
          firmware{"firmware", npu, subject.data, io::read_npy(expected.get()).values}
    {
        bind_clock_and_reset(bus);
        bind_clock_and_reset(ram);
        bind_clock_and_reset(firmware);
        bus.bind(firmware.bus);
        bus.bind(firmware.watcher);
        bus.bind(npu.accelerator.dma);
        bus.bind(ram.in, memory_map::kRam, memory_map::kRam + memory_map::kRamBytes - 1, 0);
        bus.bind(npu.accelerator.registers, memory_map::kNpu, memory_map::kNpu + 0xfff, 0);
        npu.accelerator.interrupt.bind(line);
        firmware.interrupt.bind(line);
    }

private:
    static constexpr unsigned kRamLatency = 20;  ///< cycles of the clock

    void bind_clock_and_reset(vcml::component& component)
    {
        clock.clk.bind(component.clk);
        reset.rst.bind(component.rst);
    }
};

}  // namespace

int sc_main(int, char**)
{
    try {
        Soc soc{"soc"};
        sc_core::sc_start();
        return soc.firmware.right() ? 0 : 1;
    } catch (const InputError& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
