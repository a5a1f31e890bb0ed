// SPDX-License-Identifier: Apache-2.0
#include "sweep/point_query.hpp"

#include <algorithm>

#include "plumbline/error.hpp"

namespace plumbline::cli {
namespace {

std::string listed_columns()
{
    std::string all;
    for (std::string_view each : kPointColumns) all += (all.empty() ? "" : ", ") + std::string{each};
    return all;
}

/// A line of its own ends what might be a comment.
std::string condition(const PointQuery& query) { return query.where.empty() ? "1" : "(" + query.where + "\n)"; }

/// Points on the front by number: all of less energy take longer, and none of the same energy is faster.
std::string front(const PointQuery& query)
{
    return "SELECT number FROM (SELECT number, latency_cycles,"
           " min(latency_cycles) OVER (PARTITION BY accelerator, workload ORDER BY energy_pj"
           " GROUPS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS of_less_energy,"
           " min(latency_cycles) OVER (PARTITION BY accelerator, workload, energy_pj) AS of_same_energy"
           " FROM points WHERE energy_pj IS NOT NULL AND " +
           condition(query) +
           ") WHERE latency_cycles = of_same_energy AND (of_less_energy IS NULL OR latency_cycles < of_less_energy)";
}

std::string sorting(Objective objective)
{
    switch (objective) {
        case Objective::energy: return "energy_pj, latency_cycles";
        case Objective::latency: return "latency_cycles, energy_pj";
        case Objective::edp:
        case Objective::weighted: break;
    }
    return "energy_pj * latency_cycles, energy_pj";
}

/// Infeasible points are last; equal ones are in the same order whoever added them first.
std::string sql_of(const PointQuery& query)
{
    const std::string chosen = query.front ? "number IN (" + front(query) + ")" : condition(query);
    return "SELECT " + listed_columns() + " FROM points WHERE " + chosen + " ORDER BY energy_pj IS NULL, " +
           sorting(query.sort) + ", accelerator, workload, cut_rule, mode, tile_x, tile_y LIMIT " +
           std::to_string(query.most > 0 ? query.most : -1);
}

Statement understood(const Database& store, const PointQuery& query)
{
    if (!store.understands("SELECT 1 FROM points WHERE " + condition(query)))
        throw InputError{"--where", "'" + query.where +
                                        "' cannot be understood, expected a condition such as \"tile_x <= 60 "
                                        "and mode = 'h-cached'\" on " +
                                        listed_columns()};
    return store.prepare(sql_of(query));
}

}  // namespace

std::size_t point_column(std::string_view name)
{
    return static_cast<std::size_t>(std::find(kPointColumns.begin(), kPointColumns.end(), name) -
                                    kPointColumns.begin());
}

PointRows::PointRows(const Database& store, const PointQuery& query) : rows_{understood(store, query)} {}

}  // namespace plumbline::cli
