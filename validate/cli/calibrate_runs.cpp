// SPDX-License-Identifier: Apache-2.0
#include "calibrate_runs.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "calibrate_store.hpp"
#include "descriptions.hpp"
#include "explore_space.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/csv.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "plumbline/io/yaml.hpp"
#include "plumbline/sim/simulate.hpp"
#include "plumbline/validate/explored_point.hpp"
#include "plumbline/validate/import.hpp"
#include "progress.hpp"
#include "worker_processes.hpp"

namespace plumbline::cli {
namespace {

using validate::Quantities;

std::string name_of(const std::string& network, const DesignPoint& point)
{
    return network + ' ' + std::string{plumbline::name_of(point.mode)} + ' ' + std::to_string(point.tile.x) + 'x' +
           std::to_string(point.tile.y) + ' ' + validate::cut_rule(point.cuts);
}

/// Those of one network that are feasible. \param reason why the last other one is not
void plan_runs(CalibrationRuns& runs, std::size_t network, const CalibrateArguments& arguments,
               const Accelerator& described, std::string& reason)
{
    const ExploreArguments& schedules = arguments.schedules;
    const Workload& workload = runs.networks[network].workload;
    const auto path = find_mapping(schedules.mapping, schedules.accelerators.front());
    const MappingRules rules = io::read_mapping(path.string(), described);
    MappingCache mappings;
    for (const DesignPoint& point : design_space(schedules, described, workload, rules).points) {
        PlanOptions options;
        options.stacks = {{point.tile, point.mode}};
        options.cuts = point.cuts;
        options.capacity = schedules.capacity;
        options.search = schedules.search;
        options.mappings = &mappings;
        Outcome<Schedule> schedule = plan_schedule(described, workload, rules, options);
        if (schedule)
            runs.runs.push_back({name_of(runs.networks[network].name, point), network, std::move(*schedule), {}});
        else
            reason = schedule.reason();
    }
}

/// The rows of a list.
class RunList {
public:
    RunList(const std::string& path, const CalibrationRuns& runs) : table_{io::read_csv(path)}, runs_{runs}
    {
        folder_ = std::filesystem::path{path}.parent_path();
        schedule_ = needed("schedule");
        observations_ = needed("observations");
        workload_ = table_.column("workload");
        for (const std::string& name : table_.header.cells) {
            if (name == "schedule" || name == "observations" || name == "workload") continue;
            throw table_.error(table_.header, name,
                               "is no column of a list of runs, expected schedule, observations, workload");
        }
    }

    std::vector<CalibrationRun> read(const Accelerator& described)
    {
        std::vector<CalibrationRun> all;
        for (const io::CsvRow& row : table_.rows) {
            const std::string path = (folder_ / row.cells[schedule_]).string();
            const std::size_t network = network_of(row);
            CalibrationRun run{std::filesystem::path{path}.stem().string(),
                               network,
                               io::read_schedule(path, described, runs_.networks[network].workload),
                               {}};
            if (!names_.insert(run.name).second) throw table_.error(row, "schedule", "is there twice");
            std::istringstream files{row.cells[observations_]};
            for (std::string file; std::getline(files, file, ';');)
                run.observations.push_back((folder_ / file).string());
            if (run.observations.empty()) throw table_.error(row, "observations", "is empty, expected files");
            all.push_back(std::move(run));
        }
        return all;
    }

private:
    std::size_t needed(const char* name) const
    {
        if (const auto column = table_.column(name)) return *column;
        throw table_.error(table_.header, name, "is missing");
    }

    std::size_t network_of(const io::CsvRow& row) const
    {
        if (!workload_ && runs_.networks.size() == 1) return 0;
        if (!workload_) throw table_.error(table_.header, "workload", "is missing, expected one for several networks");
        const std::string& name = row.cells[*workload_];
        for (std::size_t i = 0; i < runs_.networks.size(); ++i)
            if (runs_.networks[i].name == name || runs_.networks[i].workload.name() == name) return i;
        throw table_.error(row, "workload", "'" + name + "' is none of --workload");
    }

    io::CsvTable table_;
    const CalibrationRuns& runs_;
    std::filesystem::path folder_;
    std::size_t schedule_ = 0;
    std::size_t observations_ = 0;
    std::optional<std::size_t> workload_;
    std::set<std::string> names_;
};

/// All that a simulated run depends on.
std::string fingerprint_of(const CalibrateArguments& arguments, const CalibrationRuns& runs, const CalibrationRun& run,
                           const Accelerator& described)
{
    const std::string& accelerator = arguments.schedules.accelerators.front();
    std::string all = PLUMBLINE_VERSION;
    all += text_of(find_description(Description::accelerator, accelerator).string());
    all += text_of(find_description(Description::workload, runs.networks[run.network].name).string());
    if (!arguments.truth.empty()) all += text_of(arguments.truth);
    all += std::string{sim::name_of(arguments.fidelity)} + io::to_json(run.schedule, described);
    return fingerprint(all);
}

std::vector<Quantities> simulated_all(const Context& context, const CalibrateArguments& arguments,
                                      const CalibrationRuns& runs, const Accelerator& truth)
{
    std::optional<CalibrateStore> store;
    if (!arguments.store.empty()) store.emplace(arguments.store);
    std::vector<std::string> lines(runs.runs.size());
    std::vector<std::string> keys(runs.runs.size());
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        keys[i] = fingerprint_of(arguments, runs, runs.runs[i], truth);
        const auto known = store ? store->find(keys[i]) : std::nullopt;
        if (known)
            lines[i] = *known;
        else
            missing.push_back(i);
    }
    Progress progress{context, "simulating", "schedule"};
    std::int64_t done = 0;
    run_in_processes(
        missing.size(), arguments.processes,
        [&](std::size_t i) {
            return to_line(simulated(runs, runs.runs[missing[i]], truth, arguments.fidelity, Tiles::all));
        },
        [&](std::size_t i, const std::string& line) {
            lines[missing[i]] = line;
            if (store) store->add(keys[missing[i]], line);
            progress.update(++done, static_cast<std::int64_t>(missing.size()));
        });
    std::vector<Quantities> all;
    for (const std::string& line : lines) all.push_back(quantities_from_line(line));
    return all;
}

}  // namespace

const CalibrationRun& CalibrationRuns::named(const std::string& name) const
{
    return *std::find_if(runs.begin(), runs.end(), [&](const CalibrationRun& run) { return run.name == name; });
}

CalibrationRuns calibration_runs(const Context& context, const CalibrateArguments& arguments,
                                 const Accelerator& described)
{
    CalibrationRuns runs;
    for (const std::string& name : arguments.schedules.workloads)
        runs.networks.push_back({name, io::read_workload(find_description(Description::workload, name).string())});
    if (!arguments.runs.empty()) {
        runs.runs = RunList{arguments.runs, runs}.read(described);
        return runs;
    }
    const Progress progress{context, "planning"};
    std::string reason;
    for (std::size_t i = 0; i < runs.networks.size(); ++i) plan_runs(runs, i, arguments, described, reason);
    if (runs.runs.empty()) throw InfeasibleError("no point is feasible; the last: " + reason);
    return runs;
}

Quantities simulated(const CalibrationRuns& runs, const CalibrationRun& run, const Accelerator& accelerator,
                     sim::Fidelity fidelity, Tiles tiles)
{
    sim::SimulationOptions options;
    options.machine.fidelity = fidelity;
    options.fold_classes = tiles == Tiles::of_each_class;
    const Workload& workload = runs.workload_of(run);
    const sim::Counters counters = sim::simulate(accelerator, workload, run.schedule, options);
    return quantities_of(validate::account_of(accelerator, counters, &workload), accelerator, workload);
}

std::vector<Quantities> observed(const Context& context, const CalibrateArguments& arguments,
                                 const CalibrationRuns& runs, const Accelerator& truth)
{
    if (arguments.runs.empty()) return simulated_all(context, arguments, runs, truth);
    std::vector<Quantities> all;
    for (const CalibrationRun& run : runs.runs) {
        const Workload& workload = runs.workload_of(run);
        const auto account = validate::import_account(run.observations, truth, workload, arguments.import);
        all.push_back(quantities_of(account, truth, workload));
    }
    return all;
}

std::string to_line(const Quantities& quantities) { return nlohmann::json(quantities).dump(); }

Quantities quantities_from_line(const std::string& line)
{
    try {
        return nlohmann::json::parse(line).get<Quantities>();
    } catch (const nlohmann::json::exception&) {
        throw InputError{"quantities", "'" + line + "' cannot be understood, expected names and numbers"};
    }
}

}  // namespace plumbline::cli
