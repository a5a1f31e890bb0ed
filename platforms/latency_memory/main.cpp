// SPDX-License-Identifier: Apache-2.0
// Frames of FSRCNN on Meta_prototype_DF whose system memory has a latency. `observe` runs some tiles at `transaction` and writes
// what that took, as `plumbline calibrate --runs` reads it, one folder a setting. `judge` runs another tile, at `transaction` and at
// `analytical`, with the profile that lies in that folder, and exits with 1 where one is more than 1 % from the other. It says where
// one is a thousand times as fast.
//
//     latency_memory observe|judge <folder of descriptions> <folder of the settings> [<outstanding transactions> …]
#include <plumbline/calibrated_accelerator.hpp>
#include <plumbline/error.hpp>
#include <plumbline/io/calibration_yaml.hpp>
#include <plumbline/io/description_folder.hpp>
#include <plumbline/io/schedule_json.hpp>
#include <plumbline/io/yaml.hpp>
#include <plumbline/plan.hpp>
#include <plumbline/sim/observations.hpp>

#include <cmath>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>

#include "board.hpp"

using namespace plumbline;

namespace {

constexpr double kMostDeviation = 0.01;
constexpr double kLeastSpeedUp = 1000;
constexpr int kFramesToTime = 100;  // one at `analytical` is too short for the clock of the processor

const std::vector<TileSize> kObserved{{60, 36}, {120, 72}};
const TileSize kJudged{60, 72};

struct Subject {
    Accelerator accelerator;
    Workload workload;
    MappingRules rules;
};

Subject subject(const std::string& folder)
{
    const io::DescriptionFolder built_in{folder};
    const auto file = [&](io::Description kind, const char* name) { return built_in.find(kind, name, name); };
    Accelerator accelerator = io::read_accelerator(file(io::Description::accelerator, "meta_prototype_df"));
    Workload workload = io::read_workload(built_in, "fsrcnn", "workload");
    MappingRules rules = io::read_mapping(file(io::Description::mapping, "meta_prototype"), accelerator);
    return {std::move(accelerator), std::move(workload), std::move(rules)};
}

sim::AcceleratorProgram program(const Subject& subject, TileSize tile)
{
    PlanOptions options;
    options.stacks = {{tile, OverlapMode::fully_cached}};
    Outcome<Schedule> schedule = plan_schedule(subject.accelerator, subject.workload, subject.rules, options);
    if (!schedule) throw InputError{"tile", schedule.reason()};
    return {subject.workload, std::move(*schedule)};
}

/// Runs a script in a thread of the kernel.
class Bench : public sc_core::sc_module {
public:
    Bench(const sc_core::sc_module_name& name, std::function<void()> script)
        : sc_core::sc_module{name},
          script_{std::move(script)}
    {
        SC_THREAD(run);
    }

private:
    SC_HAS_PROCESS(Bench);
    void run() { script_(); }

    std::function<void()> script_;
};

void observe(const Subject& subject, const std::string& output, const std::vector<Setting>& settings)
{
    std::vector<sim::AcceleratorProgram> programs;
    programs.reserve(kObserved.size());
    for (TileSize tile : kObserved) programs.push_back(program(subject, tile));
    std::deque<Board> boards;
    const auto name = [](const Setting& setting, TileSize tile) { return name_of(setting) + '_' + name_of(tile); };
    for (const Setting& setting : settings) {
        for (std::size_t i = 0; i < programs.size(); ++i)
            boards.emplace_back(name(setting, kObserved[i]).c_str(), subject.accelerator, programs[i], setting,
                                sim::AcceleratorFidelity::transaction);
    }
    Bench bench{"bench", [&] {
                    for (Board& board : boards) board.run(1);
                }};
    sc_core::sc_start();
    auto board = boards.begin();
    for (const Setting& setting : settings) {
        const std::string folder = output + '/' + name_of(setting);
        std::filesystem::create_directories(folder);
        std::ofstream list{folder + "/runs.csv"};
        list << "schedule,observations,workload\n";
        const std::string in_folder = folder + '/';
        for (std::size_t i = 0; i < programs.size(); ++i, ++board) {
            const std::string tile = name_of(kObserved[i]);
            io::write_schedule(in_folder + tile + ".json", programs[i].schedule(), subject.accelerator);
            std::ofstream{in_folder + tile + ".csv"} << board->accelerator().observations(0, sim::Observed::times);
            list << tile << ".json," << tile << ".csv,fsrcnn\n";
        }
        if (!list) throw InputError{folder, "cannot be written to"};
    }
    std::cout << boards.size() << " frames at " << settings.size() << " settings observed\n";
}

/// The frame at one setting.
struct Judged {
    Board transaction;
    Board known;
    Board calibrated;

    Judged(const Subject& subject, const sim::AcceleratorProgram& program, const Setting& setting,
           const Calibration& profile)
        : transaction{(name_of(setting) + "_transaction").c_str(), subject.accelerator, program, setting,
                      sim::AcceleratorFidelity::transaction},
          known{(name_of(setting) + "_known").c_str(),
                plumbline::calibrated(subject.accelerator, known_profile(setting, subject.accelerator)), program,
                setting, sim::AcceleratorFidelity::analytical},
          calibrated{(name_of(setting) + "_calibrated").c_str(), plumbline::calibrated(subject.accelerator, profile),
                     program, setting, sim::AcceleratorFidelity::analytical}
    {}
};

struct Verdict {
    std::size_t near = 0;  ///< settings within kMostDeviation
    std::size_t fast = 0;  ///< settings at least kLeastSpeedUp times as fast
};

void print_header()
{
    std::cout << "outstanding  burst [B]  latency [ns]  transaction [cycles]  described     known  calibrated\n"
                 "-----------------------------------------------------------------------------------------\n";
}

/// \param described what is predicted of the description alone, whatever the memory
Verdict judge(const Setting& setting, Judged& boards, Cycles described)
{
    const Frame frame = boards.transaction.run(1);
    const Frame fast = boards.calibrated.run(kFramesToTime);
    const auto deviation = [&](Cycles cycles) {
        return static_cast<double>(cycles.count()) / static_cast<double>(frame.cycles.count()) - 1;
    };
    std::cout << std::setw(11) << setting.outstanding << std::setw(11) << setting.burst << std::setw(14)
              << setting.latency_ns << std::setw(22) << frame.cycles.count() << std::showpos << std::fixed
              << std::setprecision(2) << std::setw(9) << 100 * deviation(described) << " %" << std::setw(8)
              << 100 * deviation(boards.known.run(1).cycles) << " %" << std::setw(10) << 100 * deviation(fast.cycles)
              << " %\n"
              << std::noshowpos;
    return {std::abs(deviation(fast.cycles)) <= kMostDeviation ? 1U : 0U,
            frame.seconds >= kLeastSpeedUp * fast.seconds ? 1U : 0U};
}

bool judge(const Subject& subject, const std::string& folder, const std::vector<Setting>& settings)
{
    const sim::AcceleratorProgram frame = program(subject, kJudged);
    Board described{"described", subject.accelerator, frame, {}, sim::AcceleratorFidelity::analytical};
    std::deque<Judged> boards;
    for (const Setting& setting : settings)
        boards.emplace_back(subject, frame, setting,
                            io::read_calibration(folder + '/' + name_of(setting) + "/profile.yaml"));
    Verdict verdict;
    Bench bench{"bench", [&] {
                    print_header();
                    const Cycles cycles = described.run(1).cycles;
                    for (std::size_t i = 0; i < settings.size(); ++i) {
                        const Verdict each = judge(settings[i], boards[i], cycles);
                        verdict.near += each.near;
                        verdict.fast += each.fast;
                    }
                }};
    sc_core::sc_start();
    std::cout << "calibrated within 1 %: " << verdict.near << " of " << settings.size()
              << "; 1,000 times as fast: " << verdict.fast << " of " << settings.size() << '\n';
    return verdict.near == settings.size();
}

std::vector<std::size_t> numbers(int argc, char* argv[])
{
    std::vector<std::size_t> all;
    for (int i = 0; i < argc; ++i) {
        all.push_back(std::strtoul(argv[i], nullptr, 10));
        if (all.back() == 0) throw InputError{"outstanding", std::string{"is '"} + argv[i] + "', expected 1 or more"};
    }
    return all.empty() ? std::vector<std::size_t>{1, 2, 4, 8, 16} : all;
}

bool run(int argc, char* argv[])
{
    const std::vector<Setting> all = settings(numbers(argc - 4, argv + 4));
    const Subject fsrcnn = subject(argv[2]);
    if (std::string{argv[1]} == "judge") return judge(fsrcnn, argv[3], all);
    observe(fsrcnn, argv[3], all);
    return true;
}

}  // namespace

int sc_main(int argc, char* argv[])
{
    const std::string what = argc < 4 ? "" : argv[1];
    if (what != "observe" && what != "judge") {
        std::cerr << "usage: latency_memory observe|judge <folder of descriptions> <folder of the settings> "
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
