// SPDX-License-Identifier: Apache-2.0
// A machine that stands for silicon: the accelerator of the description, but with a cost of dispatching steps and an off-chip
// memory that the description does not tell of. Runs schedules and writes them with what was observed, and a list of both,
// as `plumbline validate --observations` and `plumbline calibrate --runs` read them.
//
//     hidden_truth <folder of descriptions> <folder to write to> [<accelerator> <workload> <mapping> <tile> …]
#include <plumbline/error.hpp>
#include <plumbline/io/description_folder.hpp>
#include <plumbline/io/schedule_json.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/counters.hpp>
#include <plumbline/sim/machine.hpp>
#include <plumbline/sim/observations.hpp>
#include <plumbline/sim/schedule_program.hpp>

#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "paged_dram.hpp"

using namespace plumbline;

namespace {

/// Of the hidden machine. Whoever calibrates has to find it.
constexpr Cycles kDispatch{150};

struct Subject {
    std::string accelerator = "meta_prototype_df";
    std::string workload = "fsrcnn";
    std::string mapping = "meta_prototype";
    std::vector<TileSize> tiles{{16, 18}, {60, 36}, {60, 72}, {120, 27}, {240, 135}, {960, 540}};
};

/// One schedule on one hidden machine.
class HiddenRun {
public:
    HiddenRun(const Accelerator& accelerator, const Workload& workload, std::string name, Schedule schedule)
        : name_{std::move(name)},
          workload_{workload},
          schedule_{std::move(schedule)},
          program_{sim::compile(accelerator, workload, schedule_)},
          machine_{("machine_" + name_).c_str(), accelerator, program_},
          dram_{("dram_" + name_).c_str(), {}}
    {
        machine_.fold_classes(true);
        machine_.off_chip().bind(dram_.socket);
    }

    const std::string& name() const { return name_; }
    const Schedule& schedule() const { return schedule_; }

    void write(std::ostream& out, const Accelerator& accelerator) const
    {
        out << sim::observations(accelerator, workload_, machine_.counters(workload_), sim::Observed::times);
    }

private:
    std::string name_;
    const Workload& workload_;
    Schedule schedule_;
    sim::ScheduleProgram program_;
    sim::Machine machine_;
    PagedDram dram_;
};

std::string_view letters(OverlapMode mode)
{
    switch (mode) {
        case OverlapMode::fully_recompute: return "recompute";
        case OverlapMode::h_cached: return "h_cached";
        case OverlapMode::fully_cached: break;
    }
    return "cached";
}

void write(const std::string& folder, const std::deque<HiddenRun>& runs, const Accelerator& accelerator,
           const std::string& workload)
{
    std::ofstream list{folder + "/runs.csv"};
    list << "schedule,observations,workload\n";
    for (const HiddenRun& run : runs) {
        io::write_schedule(folder + '/' + run.name() + ".json", run.schedule(), accelerator);
        std::ofstream observations{folder + '/' + run.name() + ".csv"};
        run.write(observations, accelerator);
        list << run.name() << ".json," << run.name() << ".csv," << workload << '\n';
        if (!observations) throw InputError{folder, "cannot be written to"};
    }
    if (!list) throw InputError{folder, "cannot be written to"};
}

void run(const std::string& folder, const std::string& output, const Subject& subject)
{
    const io::DescriptionFolder built_in{folder};
    const Accelerator described =
        io::read_accelerator(built_in.find(io::Description::accelerator, subject.accelerator, "accelerator"));
    const Workload workload = io::read_workload(built_in, subject.workload, "workload");
    const MappingRules rules =
        io::read_mapping(built_in.find(io::Description::mapping, subject.mapping, "mapping"), described);
    const Accelerator hidden{described.name(), described.array(), described.memories(), kDispatch};
    MappingCache mappings;
    std::deque<HiddenRun> runs;
    for (TileSize tile : subject.tiles) {
        for (OverlapMode mode : kAllOverlapModes) {
            PlanOptions options;
            options.stacks = {{tile, mode}};
            options.search.factors = 5;
            options.search.estimator = Estimator::uniform;
            options.mappings = &mappings;
            Outcome<Schedule> schedule = plan_schedule(described, workload, rules, options);
            if (!schedule) continue;
            const std::string name = std::string{letters(mode)} + '_' + name_of(tile);
            runs.emplace_back(hidden, workload, name, std::move(*schedule));
        }
    }
    sc_core::sc_start();
    std::filesystem::create_directories(output);
    write(output, runs, described, subject.workload);
    std::cout << runs.size() << " schedules of " << subject.workload << " observed on the hidden machine\n";
}

TileSize tile_of(const std::string& text)
{
    if (const auto tile = tile_size_named(text)) return *tile;
    throw InputError{"tile", "'" + text + "' is none, expected one such as 60x72"};
}

Subject subject_of(int argc, char* argv[])
{
    if (argc < 7) return {};
    Subject subject{argv[3], argv[4], argv[5], {}};
    for (int i = 6; i < argc; ++i) subject.tiles.push_back(tile_of(argv[i]));
    return subject;
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    if (argc != 3 && argc < 7) {
        std::cerr << "usage: hidden_truth <folder of descriptions> <folder to write to> "
                     "[<accelerator> <workload> <mapping> <tile> …]\n";
        return 2;
    }
    try {
        run(argv[1], argv[2], subject_of(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
