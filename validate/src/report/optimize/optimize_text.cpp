// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "plumbline/text_stream.hpp"
#include "plumbline/validate/optimize_report.hpp"
#include "plumbline/validate/table.hpp"
#include "report/explore/explore_tables.hpp"
#include "report/text_parts.hpp"
#include "report/time_report.hpp"

namespace plumbline::validate {
namespace {

std::string name_of_network(const OptimizedNetwork& network)
{
    return network.workload.name() + " on " + network.accelerator;
}

/// "conv1", "conv1 to add2 (5 layers)".
std::string layers_of(const Workload& workload, const OptimizedStack& stack)
{
    const std::string& first = workload.layer(stack.layers.front()).name;
    if (stack.layers.size() == 1) return first;
    return first + " to " + workload.layer(stack.layers.back()).name + " (" + std::to_string(stack.layers.size()) +
           " layers)";
}

/// A table whose last columns are a cost.
class CostTable {
public:
    CostTable(std::vector<Column> columns, std::optional<sim::Period> period)
        : period_{period},
          table_{with_cost(std::move(columns))}
    {}

    void add(std::vector<std::string> row, Picojoules energy, Cycles latency)
    {
        row.push_back(picojoules(energy));
        row.push_back(cycles(latency));
        add_time_cells(row, period_, latency, energy);
        table_.add(std::move(row));
    }
    void add_rule() { table_.add_rule(); }
    Table take() { return std::move(table_); }

private:
    Table with_cost(std::vector<Column>&& columns) const
    {
        columns.insert(columns.end(), {{"energy [pJ]"}, {"latency [cycles]"}});
        add_time_columns(columns, period_);
        return Table{std::move(columns)};
    }

    std::optional<sim::Period> period_;
    Table table_;
};

Table stack_table(const OptimizationReport& report, const Workload& workload, const OptimizedSchedule& schedule)
{
    CostTable table{{{"stack", Align::left}, {"mode", Align::left}, {"tile"}}, report.period};
    for (const OptimizedStack& each : schedule.stacks)
        table.add({layers_of(workload, each), std::string{name_of(each.choice.mode)}, name_of(each.choice.tile)},
                  each.energy, each.latency);
    table.add_rule();
    table.add({counted(schedule.stacks.size(), "stack"), "", ""}, schedule.energy(), schedule.latency());
    return table.take();
}

Table front_table(const OptimizationReport& report, const Optimization& found)
{
    CostTable table{{{"Pareto front"}, {"stacks"}}, report.period};
    for (std::size_t i = 0; i < found.schedules.size(); ++i)
        table.add({std::to_string(i + 1), std::to_string(found.schedules[i].stacks.size())},
                  found.schedules[i].energy(), found.schedules[i].latency());
    return table.take();
}

double ratio(Picojoules uniform, Picojoules best) { return uniform.count() / best.count(); }
double ratio(Cycles uniform, Cycles best)
{
    return static_cast<double>(uniform.count()) / static_cast<double>(best.count());
}

void write_uniform(std::ostream& out, const OptimizedNetwork& network)
{
    if (!network.best_uniform) return;
    const OptimizedSchedule& best = network.found->schedules.front();
    const CostSummary& uniform = *network.best_uniform->cost;
    const std::vector<std::string> where = coordinates(*network.best_uniform);
    out << "\nbest of " << counted(network.uniform_points, "point")
        << " with one tile and mode for all stacks: " << where[0] << ' ' << where[1] << ", cuts " << where[2] << ": "
        << picojoules(uniform.energy()) << " pJ (" << times(ratio(uniform.energy(), best.energy())) << "), "
        << cycles(uniform.latency()) << " cycles (" << times(ratio(uniform.latency(), best.latency())) << ")\n";
}

void write_network(std::ostream& out, const OptimizationReport& report, const OptimizedNetwork& network)
{
    out << name_of_network(network) << ": ";
    if (!network.found) {
        out << "infeasible: " << network.found.reason() << '\n';
        return;
    }
    const Optimization& found = *network.found;
    out << counted(found.stacks, "possible stack") << ", " << grouped(static_cast<std::int64_t>(found.choices))
        << " choices of tile and mode, " << grouped(static_cast<std::int64_t>(found.planned)) << " planned; capacity "
        << name_of(report.capacity) << ", "
        << (report.optima == Optima::best
                ? "best by " + goal_text({report.search.objective, report.search.weights, CostView::everything})
                : std::string{"Pareto front"})
        << "\n\n";
    if (report.optima == Optima::pareto_front)
        out << front_table(report, found);
    else
        out << stack_table(report, network.workload, found.schedules.front());
    write_uniform(out, network);
    if (network.search) out << '\n' << proof_line(*network.search);
}

std::vector<std::string> uniform_cells(const OptimizedNetwork& network)
{
    const OptimizedSchedule& best = network.found->schedules.front();
    const CostSummary& uniform = *network.best_uniform->cost;
    return {picojoules(uniform.energy()), times(ratio(uniform.energy(), best.energy())), cycles(uniform.latency()),
            times(ratio(uniform.latency(), best.latency()))};
}

std::vector<std::string> overview_row(const OptimizedNetwork& network, std::optional<sim::Period> period)
{
    if (!network.found) return {name_of_network(network), "infeasible"};
    const OptimizedSchedule& best = network.found->schedules.front();
    std::vector<std::string> row{name_of_network(network), std::to_string(best.stacks.size()),
                                 picojoules(best.energy()), cycles(best.latency())};
    add_time_cells(row, period, best.latency(), best.energy());
    if (!network.best_uniform) return row;
    for (std::string& cell : uniform_cells(network)) row.push_back(std::move(cell));
    return row;
}

Table overview_table(const OptimizationReport& report)
{
    std::vector<Column> columns{{"best schedules", Align::left}, {"stacks"}, {"energy [pJ]"}, {"latency [cycles]"}};
    add_time_columns(columns, report.period);
    const auto& networks = report.networks;
    if (std::any_of(networks.begin(), networks.end(), [](const auto& each) { return each.best_uniform.has_value(); }))
        columns.insert(columns.end(),
                       {{"uniform energy [pJ]"}, {"to best"}, {"uniform latency [cycles]"}, {"to best"}});
    Table table{columns};
    for (const OptimizedNetwork& network : networks) {
        std::vector<std::string> row = overview_row(network, report.period);
        row.resize(columns.size());
        table.add(std::move(row));
    }
    return table;
}

}  // namespace

std::string optimize_text(const OptimizationReport& report)
{
    TextStream out;
    if (report.networks.size() > 1 && report.optima == Optima::best) {
        out << overview_table(report);
        return out.str();
    }
    for (const OptimizedNetwork& network : report.networks) {
        if (&network != &report.networks.front()) out << '\n';
        write_network(out, report, network);
    }
    return out.str();
}

}  // namespace plumbline::validate
