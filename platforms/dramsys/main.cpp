// SPDX-License-Identifier: Apache-2.0
// Frames of FSRCNN on Meta_prototype_DF whose system memory is DRAMSys. `frame` computes one of the data of seed 1, and compares its
// output with what `plumbline simulate --functional --functional-out` wrote. `observe` runs several schedules at each setting, writes what they took, as `plumbline calibrate --runs` reads it, one
// folder a setting, and prints what a burst took.
//
//     dramsys_host frame <folder of descriptions> <output.npy> [<workload> <columns> <rows of a tile>]
//     dramsys_host observe <folder of descriptions> <folder of the settings> [<outstanding transactions> …]
#include <plumbline/error.hpp>
#include <plumbline/io/description_folder.hpp>
#include <plumbline/io/npy.hpp>
#include <plumbline/io/schedule_json.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/observations.hpp>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>

#include "board.hpp"

using namespace plumbline;

namespace {

struct Case {
    TileSize tile;
    OverlapMode mode;
};

const std::vector<Case> kObserved{{{60, 36}, OverlapMode::fully_cached},  {{60, 72}, OverlapMode::fully_cached},
                                  {{120, 72}, OverlapMode::fully_cached}, {{240, 135}, OverlapMode::fully_cached},
                                  {{60, 72}, OverlapMode::h_cached},      {{120, 72}, OverlapMode::fully_recompute}};

std::string name_of(const Case& each)
{
    return std::string{plumbline::name_of(each.mode)} + '_' + plumbline::name_of(each.tile);
}

struct Subject {
    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
};

Subject subject(const std::string& folder, const std::string& workload)
{
    const io::DescriptionFolder built_in{folder};
    const auto file = [&](io::Description kind, const char* name) { return built_in.find(kind, name, name); };
    Accelerator accelerator = io::read_accelerator(file(io::Description::accelerator, "meta_prototype_df"));
    Workload network = io::read_workload(built_in, workload, "workload");
    MappingRules rules = io::read_mapping(file(io::Description::mapping, "meta_prototype"), accelerator);
    return {std::move(accelerator), std::move(network), std::move(rules)};
}

sim::AcceleratorProgram program(const Subject& subject, const Case& each)
{
    PlanOptions options;
    options.stacks = {{each.tile, each.mode}};
    Outcome<Schedule> schedule = plan_schedule(subject.accelerator, subject.workload, subject.rules, options);
    if (!schedule) throw InputError{name_of(each), schedule.reason()};
    return {subject.workload, std::move(*schedule)};
}

/// Pauses when all boards have run their frames.
class Bench : public sc_core::sc_module {
public:
    Bench(const sc_core::sc_module_name& name, const std::deque<Board>& boards)
        : sc_core::sc_module{name},
          boards_{&boards}
    {
        SC_THREAD(run);
    }

private:
    SC_HAS_PROCESS(Bench);
    void run()
    {
        sc_core::sc_event_and_list all;
        for (const Board& board : *boards_) all &= board.over();
        wait(all);
        sc_core::sc_pause();
    }

    const std::deque<Board>* boards_;
};

/// \throws InputError where one failed
void run(const std::deque<Board>& boards)
{
    const Bench bench{"bench", boards};
    sc_core::sc_start();
    for (const Board& board : boards) {
        if (!board.done()) throw InputError{board.name(), "the frame failed"};
    }
}

bool frame(const Subject& subject, TileSize tile, const sim::FeatureValues& expected)
{
    const sim::NetworkData data = sim::random_data(subject.workload, 1);
    std::deque<Board> boards;
    for (const Setting& setting : settings({1, 4})) {
        boards.emplace_back(name_of(setting).c_str(), subject.accelerator,
                            program(subject, {tile, OverlapMode::fully_cached}), setting, data);
    }
    run(boards);
    bool all_equal = true;
    std::cout << "setting        cycles   bursts  in part  output\n"
                 "-----------------------------------------------\n";
    for (Board& board : boards) {
        const bool equal = board.output(expected.size()) == expected;
        all_equal = all_equal && equal;
        std::cout << std::left << std::setw(9) << board.name() << std::right << std::setw(12)
                  << board.accelerator().cycles().count() << std::setw(9) << board.bursts().sent() << std::setw(9)
                  << board.bursts().widened() << (equal ? "   equal\n" : "   DIFFERS\n");
    }
    return all_equal;
}

void write_runs(const std::string& folder, const Subject& subject, const std::vector<sim::AcceleratorProgram>& programs,
                std::deque<Board>::const_iterator board)
{
    std::filesystem::create_directories(folder);
    std::ofstream list{folder + "/runs.csv"};
    list << "schedule,observations,workload\n";
    for (std::size_t i = 0; i < programs.size(); ++i, ++board) {
        const std::string name = name_of(kObserved[i]);
        io::write_schedule(folder + '/' + name + ".json", programs[i].schedule(), subject.accelerator);
        std::ofstream{folder + '/' + name + ".csv"} << board->accelerator().observations(0, sim::Observed::times);
        list << name << ".json," << name << ".csv,fsrcnn\n";
    }
    if (!list) throw InputError{folder, "cannot be written to"};
}

constexpr std::array<std::pair<tlm::tlm_command, tlm::tlm_command>, 4> kSuccessions{{
    {tlm::TLM_READ_COMMAND, tlm::TLM_READ_COMMAND},
    {tlm::TLM_WRITE_COMMAND, tlm::TLM_WRITE_COMMAND},
    {tlm::TLM_WRITE_COMMAND, tlm::TLM_READ_COMMAND},
    {tlm::TLM_READ_COMMAND, tlm::TLM_WRITE_COMMAND},
}};

/// What a burst took, over all boards of a setting.
void print_pace(const Setting& setting, std::deque<Board>::const_iterator first, std::deque<Board>::const_iterator last)
{
    std::cout << std::left << std::setw(10) << name_of(setting) << std::right << std::fixed << std::setprecision(1);
    for (const auto& [command, after] : kSuccessions) {
        Pace pace;
        for (auto board = first; board != last; ++board) pace += board->bursts().pace(command, after);
        std::cout << std::setw(11) << pace.bursts << std::setw(7) << pace.mean();
    }
    std::cout << '\n';
}

void observe(const Subject& subject, const std::string& output, const std::vector<Setting>& settings)
{
    std::vector<sim::AcceleratorProgram> programs;
    for (const Case& each : kObserved) programs.push_back(program(subject, each));
    std::deque<Board> boards;
    for (const Setting& setting : settings) {
        for (std::size_t i = 0; i < programs.size(); ++i)
            boards.emplace_back((name_of(setting) + '_' + std::to_string(i)).c_str(), subject.accelerator, programs[i],
                                setting);
    }
    run(boards);
    std::cout << "              read after read   write after write    write after read    read after write\n"
                 "setting        bursts   [ns]      bursts   [ns]      bursts   [ns]      bursts   [ns]\n"
                 "----------------------------------------------------------------------------------\n";
    auto board = boards.cbegin();
    for (const Setting& setting : settings) {
        const auto next = board + static_cast<std::ptrdiff_t>(programs.size());
        write_runs(output + '/' + name_of(setting), subject, programs, board);
        print_pace(setting, board, next);
        board = next;
    }
}

std::vector<std::size_t> numbers(int argc, char* argv[])
{
    std::vector<std::size_t> all;
    for (int i = 0; i < argc; ++i) {
        all.push_back(std::strtoul(argv[i], nullptr, 10));
        if (all.back() == 0) throw InputError{"outstanding", std::string{"is '"} + argv[i] + "', expected 1 or more"};
    }
    return all.empty() ? std::vector<std::size_t>{1, 4, 16} : all;
}

bool run(int argc, char* argv[])
{
    if (std::string{argv[1]} == "observe") {
        observe(subject(argv[2], "fsrcnn"), argv[3], settings(numbers(argc - 4, argv + 4)));
        return true;
    }
    const bool given = argc > 6;
    const TileSize tile = given ? TileSize{std::atoi(argv[5]), std::atoi(argv[6])} : TileSize{60, 72};
    return frame(subject(argv[2], given ? argv[4] : "fsrcnn"), tile, io::read_npy(argv[3]).values);
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    const std::string what = argc < 4 ? "" : argv[1];
    if (what != "frame" && what != "observe") {
        std::cerr << "usage: dramsys_host frame <folder of descriptions> <output.npy> [<workload> <columns> <rows of a "
                     "tile>]\n"
                     "       dramsys_host observe <folder of descriptions> <folder of the settings> "
                     "[<outstanding transactions> …]\n";
        return 2;
    }
    try {
        return run(argc, argv) ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
