// SPDX-License-Identifier: Apache-2.0
// The command line as values: which flags exist, what they mean, and which exclude each other.
//
// Flags that several commands share are added by one function each. Values that a flag cannot have are refused while
// parsing, with a message that lists those that it can.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "plumbline/plan.hpp"
#include "plumbline/sim/fidelity.hpp"
#include "plumbline/sim/overcommit.hpp"
#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/import.hpp"
#include "plumbline/validate/report.hpp"

namespace plumbline::cli {

enum class Format { table, json, csv };

/// Where results go.
struct ReportArguments {
    Format format = Format::table;
    std::string file;  ///< empty: standard output
};

/// Which schedule: one that is planned now, or one from a file.
struct ScheduleArguments {
    std::string accelerator;  ///< built-in name or path, as the next two
    std::string workload;
    std::string profile;             ///< path of a calibration; empty: the accelerator as described
    std::string mapping;             ///< empty: that of the accelerator's family
    std::vector<TileSize> tiles;     ///< one for all stacks, or one for each
    std::vector<OverlapMode> modes;  ///< likewise; empty: fully-cached
    std::string cuts = "auto";       ///< to be understood with the workload at hand (planning.hpp)
    PlanOptions plan;                ///< but for stacks and cuts
    std::string file;                ///< empty: plan one
    std::string file_out;            ///< empty: do not write it
};

struct EvaluateArguments {
    ScheduleArguments schedule;
    ReportArguments report;
};

/// Whether the machine computes, with what, and where its output goes.
struct FunctionalArguments {
    bool wanted = false;
    std::uint64_t seed = 1;
    std::string folder;  ///< of tensors; empty: random ones
    std::string output;  ///< empty: do not write it
};

struct SimulateArguments {
    ScheduleArguments schedule;
    ReportArguments report;
    std::vector<std::string> traces;  ///< files, each in the format that its name ends with
    bool fold_classes = false;
    sim::Fidelity fidelity = sim::Fidelity::transaction;
    FunctionalArguments functional;
    sim::Overcommit overcommit = sim::Overcommit::refuse;
    validate::Detail detail = validate::Detail::totals;  ///< of the table
};

struct ValidateArguments {
    SimulateArguments simulation;
    std::vector<std::string> predictions;   ///< files instead of the model
    std::vector<std::string> observations;  ///< files instead of the machine
    validate::ImportOptions import;
    validate::Tolerances tolerances;
    std::string page;  ///< HTML; empty: none
};

struct CostArguments {
    std::string accelerator;  ///< empty: the built-in one that the records name
    std::string workload;     ///< of `search`; empty: the built-in one that the records name
    std::string mapping;
    std::string records;
    bool search = false;
    int threads = 0;
    double tolerance = 1e-9;
    ReportArguments report;
};

void add(CLI::App& app, EvaluateArguments& arguments);
void add(CLI::App& app, SimulateArguments& arguments);
void add(CLI::App& app, ValidateArguments& arguments);
void add(CLI::App& app, CostArguments& arguments);

/// "60x72": columns, rows. \throws CLI::ValidationError
TileSize parse_tile(const std::string& text);
/// "fully-cached", … \throws CLI::ValidationError
OverlapMode parse_mode(const std::string& text);

}  // namespace plumbline::cli
