// SPDX-License-Identifier: Apache-2.0
// Runs one schedule on two machines side by side, one with the built-in off-chip memory, one with a memory that
// refreshes, and prints what that costs.
//
//     own_dram <folder of descriptions> [<accelerator> <workload> <mapping>]
#include <plumbline/error.hpp>
#include <plumbline/io/description_folder.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/counters.hpp>
#include <plumbline/sim/dram.hpp>
#include <plumbline/sim/machine.hpp>
#include <plumbline/sim/schedule_program.hpp>

#include <iostream>
#include <string>

#include "refreshing_dram.hpp"

using namespace plumbline;

namespace {

struct Names {
    std::string accelerator = "meta_prototype_df";
    std::string workload = "fsrcnn";
    std::string mapping = "meta_prototype";
};

void print(const char* memory, const sim::Counters& counters)
{
    std::cout << memory << counters.cycles << ", " << counters.outputs << " outputs, " << counters.macs() << " MACs\n";
}

void run(const std::string& folder, const Names& names)
{
    const io::DescriptionFolder built_in{folder};
    const Accelerator accelerator =
        io::read_accelerator(built_in.find(io::Description::accelerator, names.accelerator, "accelerator"));
    const Workload workload = io::read_workload(built_in, names.workload, "workload");
    const MappingRules rules =
        io::read_mapping(built_in.find(io::Description::mapping, names.mapping, "mapping"), accelerator);
    PlanOptions options;
    options.stacks = {{TileSize{60, 72}, OverlapMode::fully_cached}};
    const Outcome<Schedule> schedule = plan_schedule(accelerator, workload, rules, options);
    if (!schedule) throw InputError{"schedule", schedule.reason()};
    const sim::ScheduleProgram program = sim::compile(accelerator, workload, *schedule);

    sim::Machine with_built_in{"with_built_in", accelerator, program};
    sim::Dram usual{"usual", sim::dram_parameters(accelerator.memory(accelerator.top()))};
    with_built_in.off_chip().bind(usual.socket);

    sim::Machine with_own{"with_own", accelerator, program};
    RefreshingDram own{"own", {}};
    with_own.off_chip().bind(own.socket);

    sc_core::sc_start();
    print("built-in DRAM:   ", with_built_in.counters(workload));
    print("refreshing DRAM: ", with_own.counters(workload));
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    if (argc != 2 && argc != 5) {
        std::cerr << "usage: own_dram <folder of descriptions> [<accelerator> <workload> <mapping>]\n";
        return 2;
    }
    try {
        run(argv[1], argc == 5 ? Names{argv[2], argv[3], argv[4]} : Names{});
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
