// SPDX-License-Identifier: Apache-2.0
#include "json/json_values.hpp"

#include "plumbline/suggestion.hpp"

namespace plumbline::io {
namespace {

template <class Loop, class Size>
std::vector<std::vector<Loop>> loops_of(const JsonField& field, Size size_of)
{
    std::vector<std::vector<Loop>> levels;
    for (const JsonField& level : field.items()) {
        levels.emplace_back();
        for (const JsonField& loop : level.items()) {
            const auto pair = loop.items(2);
            levels.back().push_back({loop_dim_of(pair[0]), size_of(pair[1])});
        }
    }
    return levels;
}

}  // namespace

MemoryId memory_of(const JsonField& field, const Accelerator& accelerator)
{
    const std::string name = field.text();
    if (const auto id = accelerator.memory_named(name)) return *id;
    std::vector<std::string_view> known;
    for (const Memory& memory : accelerator.memories()) known.push_back(memory.name);
    field.fail('\'' + name + "' is no memory of " + accelerator.name() + suggestion(name, known));
}

MemoryOperand memory_operand_of(const JsonField& field)
{
    const std::string name = field.text();
    if (const auto operand = memory_operand_named(name)) return *operand;
    field.fail('\'' + name + "' is no memory operand, expected I1, I2 or O");
}

LoopDim loop_dim_of(const JsonField& field)
{
    const std::string name = field.text();
    if (const auto dim = loop_dim_named(name)) return *dim;
    field.fail('\'' + name + "' is no loop dimension, expected B, G, K, C, OY, OX, FY or FX");
}

std::vector<std::vector<TemporalLoop>> temporal_loops_of(const JsonField& field)
{
    return loops_of<TemporalLoop>(field, [](const JsonField& size) { return size.integer(); });
}

std::vector<std::vector<SpatialLoop>> spatial_loops_of(const JsonField& field)
{
    return loops_of<SpatialLoop>(field, [](const JsonField& size) { return size.number(); });
}

}  // namespace plumbline::io
