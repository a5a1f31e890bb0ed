// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/cuts_text.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/explore_report.hpp"
#include "report/csv_cells.hpp"
#include "report/explore/explore_findings.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

constexpr const char* kHeader =
    "accelerator,workload,mode,tile_x,tile_y,cut_rule,cuts,energy_pj,dram_energy_pj,activation_energy_pj,mac_energy_pj,"
    "latency_cycles,compute,stall,loading,offloading,copy,macs,pareto,best,infeasible";
/// Fields from energy_pj to macs.
constexpr int kCostFields = 11;

std::string layers(const std::vector<LayerId>& cuts)
{
    std::string text;
    for (LayerId id : cuts) text += (text.empty() ? "" : " ") + std::to_string(id);
    return text;
}

void write_cost(std::ostream& out, const CostSummary& cost)
{
    const PhaseCycles& phases = cost.phases;
    out << ',' << csv_number(cost.energy().count()) << ',' << csv_number(cost.energy(CostView::dram_only).count())
        << ',' << csv_number(cost.energy(CostView::activations_only).count()) << ','
        << csv_number(cost.mac_energy.count());
    for (Cycles cycles : {cost.latency(), phases.compute, phases.stall, phases.loading, phases.offloading, phases.copy})
        out << ',' << std::to_string(cycles.count());
    out << ',' << std::to_string(cost.macs);
}

void write_point(std::ostream& out, const Exploration& exploration, const ExploredSpace& space,
                 const Findings& findings, std::size_t index)
{
    const ExploredPoint& point = space.points[index];
    out << csv_cell(space.accelerator.name()) << ',' << csv_cell(space.workload.name()) << ','
        << name_of(point.point.mode) << ',' << std::to_string(point.point.tile.x) << ','
        << std::to_string(point.point.tile.y) << ',' << csv_cell(io::to_text(point.point.cuts)) << ','
        << layers(point.cuts);
    if (point.cost)
        write_cost(out, *point.cost);
    else
        out << std::string(kCostFields, ',');
    out << ',' << (findings.front[index] ? 1 : 0) << ',' << (findings.best == index ? 1 : 0) << ','
        << (point.cost ? std::string{} : csv_cell(point.cost.reason()))
        << (point.cost ? time_fields(exploration.period, point.cost->latency(), point.cost->energy())
                       : time_fields(exploration.period))
        << '\n';
}

}  // namespace

std::string explore_csv(const Exploration& exploration)
{
    TextStream out;
    out << kHeader << time_header(exploration.period) << '\n';
    for (const ExploredSpace& space : exploration.spaces) {
        const Findings findings = findings_of(space, exploration.goal);
        for (std::size_t i = 0; i < space.points.size(); ++i) write_point(out, exploration, space, findings, i);
    }
    return out.str();
}

}  // namespace plumbline::validate
