// SPDX-License-Identifier: Apache-2.0
#include "report/memory_report.hpp"

#include "plumbline/memory_use.hpp"

namespace plumbline::validate {
namespace {

std::vector<MemoryUse> uses(const Subject& subject)
{
    return memory_use(subject.accelerator, subject.workload, subject.schedule);
}

std::string bits(Bits amount) { return grouped(amount.count()); }

std::string moment(const Subject& subject, const MemoryUse& use)
{
    return subject.workload.layer(use.layer).name + " on " + name_of(use.tile);
}

}  // namespace

Table memory_use_table(const Subject& subject)
{
    Table table{{"memory at its fullest", Align::left},
                {"size [bit]"},
                {"held [bit]"},
                {"of it"},
                {"inputs"},
                {"weights"},
                {"outputs"},
                {"other weights"},
                {"column cache"},
                {"row cache"},
                {"other maps"},
                {"layer and tile", Align::left}};
    for (const MemoryUse& use : uses(subject)) {
        const std::string share = grouped(100 * (use.total() / use.capacity), 1) + " %";
        table.add({subject.accelerator.memory(use.memory).name, bits(use.capacity), bits(use.total()),
                   use.overflows() ? share + " OVERFLOWS" : share, bits(use.inputs), bits(use.weights),
                   bits(use.outputs), bits(use.resident_weights), bits(use.column_cache), bits(use.row_cache),
                   bits(use.feature_maps), moment(subject, use)});
    }
    return table;
}

Json memory_use_json(const Subject& subject)
{
    Json rows = Json::array();
    for (const MemoryUse& use : uses(subject)) {
        rows.push_back({{"memory", subject.accelerator.memory(use.memory).name},
                        {"size_bits", use.capacity.count()},
                        {"held_bits", use.total().count()},
                        {"overflows", use.overflows()},
                        {"layer", subject.workload.layer(use.layer).name},
                        {"tile", {use.tile.x, use.tile.y}},
                        {"inputs", use.inputs.count()},
                        {"weights", use.weights.count()},
                        {"outputs", use.outputs.count()},
                        {"other_weights", use.resident_weights.count()},
                        {"column_cache", use.column_cache.count()},
                        {"row_cache", use.row_cache.count()},
                        {"other_maps", use.feature_maps.count()}});
    }
    return rows;
}

}  // namespace plumbline::validate
