// SPDX-License-Identifier: Apache-2.0
#include "inputs/run_list.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "inputs/lists.hpp"
#include "plumbline/io/csv.hpp"

namespace plumbline::cli {
namespace {

constexpr const char* kColumns = "schedule, observations, workload, accelerator";

class RunList {
public:
    RunList(const std::string& path, const RunListNames& names, Observed observed)
        : table_{io::read_csv(path)},
          names_{names},
          observed_{observed},
          folder_{std::filesystem::path{path}.parent_path()},
          schedule_{needed("schedule")},
          observations_{observed == Observed::always ? needed("observations") : table_.column("observations")}
    {
        const std::set<std::string> known{"schedule", "observations", "workload", "accelerator"};
        for (const std::string& name : table_.header.cells) {
            if (known.count(name) > 0) continue;
            throw table_.error(table_.header, name,
                               std::string{"is no column of a list of runs, expected "} + kColumns);
        }
    }

    std::vector<ListedRun> read() const
    {
        std::vector<std::vector<std::string>> accelerators;
        for (const std::string& name : names_.accelerators) accelerators.push_back({name});
        std::set<std::string> taken;
        std::vector<ListedRun> all;
        for (const io::CsvRow& row : table_.rows) {
            if (row.cells[schedule_].empty()) throw table_.error(row, "schedule", "is empty, expected a file");
            const std::filesystem::path path = folder_ / row.cells[schedule_];
            ListedRun run{path.stem().string(), path.string(), place_of(row, "accelerator", accelerators),
                          place_of(row, "workload", names_.networks), observations_of(row)};
            if (!taken.insert(run.name).second) throw table_.error(row, "schedule", "is there twice");
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

    std::vector<std::string> observations_of(const io::CsvRow& row) const
    {
        std::vector<std::string> paths;
        if (!observations_) return paths;
        for (const std::string& file : split(row.cells[*observations_], ';'))
            paths.push_back((folder_ / file).string());
        if (paths.empty() && observed_ == Observed::always)
            throw table_.error(row, "observations", "is empty, expected files");
        return paths;
    }

    /// Which of several things the row is about.
    std::size_t place_of(const io::CsvRow& row, const char* column,
                         const std::vector<std::vector<std::string>>& known) const
    {
        const auto cell = table_.column(column);
        if (!cell && known.size() == 1) return 0;
        if (!cell) throw table_.error(table_.header, column, "is missing, expected one where there are several");
        const std::string& name = row.cells[*cell];
        for (std::size_t i = 0; i < known.size(); ++i)
            if (std::find(known[i].begin(), known[i].end(), name) != known[i].end()) return i;
        throw table_.error(row, column, "'" + name + "' is none of --" + column);
    }

    io::CsvTable table_;
    const RunListNames& names_;
    Observed observed_;
    std::filesystem::path folder_;
    std::size_t schedule_;
    std::optional<std::size_t> observations_;
};

}  // namespace

std::vector<ListedRun> read_run_list(const std::string& path, const RunListNames& names, Observed observed)
{
    return RunList{path, names, observed}.read();
}

}  // namespace plumbline::cli
