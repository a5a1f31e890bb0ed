// SPDX-License-Identifier: Apache-2.0

#include <nlohmann/json.hpp>

#include "plumbline/io/schedule_json.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

using Json = nlohmann::ordered_json;

Json id_or_null(const std::optional<LayerId>& id) { return id ? Json(*id) : Json(nullptr); }

Json written(const Place& place, const Accelerator& accelerator)
{
    return {{"operand", name_of(place.operand)}, {"memory", accelerator.memory(place.memory).name}};
}

/// The first input of a network needs no number: most have one. Nor do steps where nothing is left out.
Json written(const FeatureRegion& region)
{
    Json json{{"producer", id_or_null(region.producer)}};
    if (region.input > 0) json["input"] = region.input;
    json["channels"] = region.channels;
    json["rows"] = region.rows;
    json["columns"] = region.columns;
    json["precision"] = region.precision.count();
    if (region.row_step > 1) json["row_step"] = region.row_step;
    if (region.column_step > 1) json["column_step"] = region.column_step;
    return json;
}

Json written(const Copy& copy, const Accelerator& accelerator)
{
    return {{"reason", name_of(copy.reason)},
            {"region", written(copy.region)},
            {"from", written(copy.from, accelerator)},
            {"to", written(copy.to, accelerator)}};
}

template <class Loop>
Json written(const std::vector<std::vector<Loop>>& per_level)
{
    Json levels = Json::array();
    for (const auto& loops : per_level) {
        Json level = Json::array();
        for (const Loop& loop : loops) level.push_back(Json::array({name_of(loop.dim), loop.size}));
        levels.push_back(std::move(level));
    }
    return levels;
}

Json written(const OperandMapping& operand, const Accelerator& accelerator)
{
    Json levels = Json::array();
    for (MemoryId id : operand.levels) levels.push_back(accelerator.memory(id).name);
    Json all{{"operand", operand.operand},
             {"memory_operand", name_of(operand.memory_operand)},
             {"levels", std::move(levels)},
             {"temporal", written(operand.temporal)},
             {"spatial", written(operand.spatial)}};
    for (AxisPadding each : operand.padding) {
        Json amounts = Json::array({each.before, each.behind});
        if (each.phase != 0) amounts.push_back(each.phase);
        all["padding"].push_back(std::move(amounts));
    }
    return all;
}

Json written(const LayerMapping& mapping, const Accelerator& accelerator)
{
    Json sizes;
    for (LoopDim dim : kAllLoopDims) sizes[std::string{name_of(dim)}] = mapping.sizes[dim];
    Json operands = Json::array();
    for (const OperandMapping& operand : mapping.operands) operands.push_back(written(operand, accelerator));
    return {{"sizes", std::move(sizes)}, {"operands", std::move(operands)}};
}

Json written(const CopyStep& step, const Accelerator& accelerator)
{
    Json copies = Json::array();
    for (const Copy& copy : step.copies) copies.push_back(written(copy, accelerator));
    return {{"step", "copy"}, {"before_layer", id_or_null(step.before_layer)}, {"copies", std::move(copies)}};
}

Json written(const ComputeStep& step, const Accelerator& accelerator)
{
    Json residents = Json::array();
    for (const Resident& resident : step.residents) {
        residents.push_back({{"kind", name_of(resident.kind)},
                             {"memory", accelerator.memory(resident.memory).name},
                             {"size", resident.size.count()}});
    }
    return {{"step", "compute"},
            {"layer", step.layer},
            {"mapping", written(step.mapping, accelerator)},
            {"residents", std::move(residents)}};
}

Json written(TileSize size) { return {{"x", size.x}, {"y", size.y}}; }

Json written(TileRange range) { return {{"first", range.first}, {"count", range.count}}; }

Json written(const TileClass& tile, const Accelerator& accelerator)
{
    Json steps = Json::array();
    for (const Step& step : tile.steps) {
        steps.push_back(std::visit([&](const auto& each) { return written(each, accelerator); }, step));
    }
    Json all{{"size", written(tile.size)}, {"column", name_of(tile.column)},
             {"row", name_of(tile.row)},   {"loads_weights", tile.loads_weights},
             {"count", tile.count},        {"steps", std::move(steps)}};
    if (tile.columns) all["columns"] = written(*tile.columns);
    if (tile.rows) all["rows"] = written(*tile.rows);
    return all;
}

Json written(const Stack& stack, const Accelerator& accelerator)
{
    Json classes = Json::array();
    for (const TileClass& tile : stack.classes) classes.push_back(written(tile, accelerator));
    return {{"layers", stack.layers},
            {"mode", name_of(stack.mode)},
            {"tile", written(stack.tile)},
            {"grid", {{"columns", stack.grid.columns}, {"rows", stack.grid.rows}}},
            {"classes", std::move(classes)}};
}

}  // namespace

std::string to_json(const Schedule& schedule, const Accelerator& accelerator)
{
    Json stacks = Json::array();
    for (const Stack& stack : schedule.stacks) stacks.push_back(written(stack, accelerator));
    const Json document{{"schema", "plumbline/schedule/1"},
                        {"accelerator", schedule.accelerator},
                        {"workload", schedule.workload},
                        {"capacity", name_of(schedule.capacity)},
                        {"stacks", std::move(stacks)}};
    return document.dump(1) + '\n';
}

std::string to_json(const LayerMapping& mapping, const Accelerator& accelerator)
{
    return written(mapping, accelerator).dump();
}

void write_schedule(const std::string& path, const Schedule& schedule, const Accelerator& accelerator)
{
    write_text(path, to_json(schedule, accelerator));
}

}  // namespace plumbline::io
