// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/optimize_report.hpp"
#include "report/csv_cells.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kHeader =
    "accelerator,workload,stacks,energy_pj,latency_cycles,uniform_mode,uniform_tile_x,uniform_tile_y,uniform_cut_rule,"
    "uniform_energy_pj,uniform_latency_cycles,infeasible";
/// Fields from stacks to latency_cycles, and from uniform_mode to uniform_latency_cycles.
constexpr int kBestFields = 3;
constexpr int kUniformFields = 6;

void write_names(std::ostream& out, const OptimizedNetwork& network)
{
    out << csv_cell(network.accelerator) << ',' << csv_cell(network.workload.name());
}

void write_uniform_fields(std::ostream& out, const OptimizedNetwork& network)
{
    if (!network.best_uniform) {
        out << std::string(kUniformFields, ',');
        return;
    }
    const DesignPoint& point = network.best_uniform->point;
    const CostSummary& cost = *network.best_uniform->cost;
    out << ',' << name_of(point.mode) << ',' << std::to_string(point.tile.x) << ',' << std::to_string(point.tile.y)
        << ',' << csv_cell(io::to_text(point.cuts)) << ',' << csv_number(cost.energy().count()) << ','
        << std::to_string(cost.latency().count());
}

void write_line(std::ostream& out, const OptimizationReport& report, const OptimizedNetwork& network,
                const OptimizedSchedule& schedule)
{
    write_names(out, network);
    out << ',' << std::to_string(schedule.stacks.size()) << ',' << csv_number(schedule.energy().count()) << ','
        << std::to_string(schedule.latency().count());
    write_uniform_fields(out, network);
    out << ',' << time_fields(report.period, schedule.latency(), schedule.energy()) << '\n';
}

}  // namespace

std::string optimize_csv(const OptimizationReport& report)
{
    TextStream out;
    out << kHeader << time_header(report.period) << '\n';
    for (const OptimizedNetwork& network : report.networks) {
        if (network.found) {
            for (const OptimizedSchedule& schedule : network.found->schedules)
                write_line(out, report, network, schedule);
        } else {
            write_names(out, network);
            out << std::string(kBestFields + kUniformFields + 1, ',') << csv_cell(network.found.reason())
                << time_fields(report.period) << '\n';
        }
    }
    return out.str();
}

}  // namespace plumbline::validate
