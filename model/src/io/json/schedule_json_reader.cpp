// SPDX-License-Identifier: Apache-2.0

#include "json/json_field.hpp"
#include "json/json_values.hpp"
#include "plumbline/io/schedule_json.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kSchema = "plumbline/schedule/1";

std::int64_t positive(const JsonField& field)
{
    const std::int64_t value = field.integer();
    if (value < 1) field.fail("is " + std::to_string(value) + ", expected at least 1");
    return value;
}

/// The enumerator that a field names; `find` is one of the `..._named` functions.
template <class Enum>
Enum enumerator(const JsonField& field, std::optional<Enum> (*find)(std::string_view), const char* expected)
{
    const std::string name = field.text();
    if (const auto value = find(name)) return *value;
    field.fail('\'' + name + "' is unknown, expected " + expected);
}

/// The key must be there, its value may be null.
std::optional<LayerId> optional_id(const JsonField& parent, std::string_view key)
{
    const JsonField field = parent.at(key);
    return field.null() ? std::nullopt : std::optional<LayerId>{field.integer()};
}

Place place_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"operand", "memory"});
    const Place place{memory_operand_of(field.at("operand")), memory_of(field.at("memory"), accelerator)};
    if (accelerator.memory(place.memory).serves(place.operand)) return place;
    field.fail(accelerator.memory(place.memory).name + " does not serve " + std::string{name_of(place.operand)});
}

/// Which of the network's inputs; the first where nothing says so.
std::size_t network_input(const JsonField& region)
{
    const auto field = region.find("input");
    if (!field) return 0;
    if (field->integer() < 0) field->fail("is " + std::to_string(field->integer()) + ", expected at least 0");
    return static_cast<std::size_t>(field->integer());
}

/// 1 where nothing is left out.
std::int64_t step_along(const JsonField& region, std::string_view key)
{
    const auto field = region.find(key);
    return field ? positive(*field) : 1;
}

FeatureRegion region_of(const JsonField& field)
{
    field.only({"producer", "input", "channels", "rows", "columns", "precision", "row_step", "column_step"});
    FeatureRegion region;
    region.producer = optional_id(field, "producer");
    region.channels = positive(field.at("channels"));
    region.rows = positive(field.at("rows"));
    region.columns = positive(field.at("columns"));
    region.precision = Bits{positive(field.at("precision"))};
    region.input = network_input(field);
    region.row_step = step_along(field, "row_step");
    region.column_step = step_along(field, "column_step");
    return region;
}

Copy copy_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"reason", "region", "from", "to"});
    const auto reason = enumerator<CopyReason>(field.at("reason"), copy_reason_named,
                                               "stack-input, previous-output, cached-columns, cached-rows, "
                                               "columns-to-cache or rows-to-cache");
    return {reason, region_of(field.at("region")), place_of(field.at("from"), accelerator),
            place_of(field.at("to"), accelerator)};
}

CopyStep copy_step_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"step", "before_layer", "copies"});
    CopyStep step{optional_id(field, "before_layer"), {}};
    for (const JsonField& copy : field.at("copies").items()) step.copies.push_back(copy_of(copy, accelerator));
    return step;
}

LoopSizes sizes_of(const JsonField& field)
{
    std::vector<std::string_view> known;
    known.reserve(kAllLoopDims.size());
    for (LoopDim dim : kAllLoopDims) known.push_back(name_of(dim));
    field.only(known);
    LoopSizes sizes = kUnitLoopSizes;
    for (LoopDim dim : kAllLoopDims) sizes[dim] = positive(field.at(name_of(dim)));
    return sizes;
}

AxisPadding padding_of(const JsonField& field)
{
    const auto amounts = field.items();
    if (amounts.size() != 2 && amounts.size() != 3)
        field.fail("expected two amounts, before and behind, or a third one, the phase on an up-sampled map");
    return {amounts[0].integer(), amounts[1].integer(), amounts.size() == 3 ? amounts[2].integer() : 0};
}

OperandMapping operand_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"operand", "memory_operand", "levels", "temporal", "spatial", "padding"});
    OperandMapping operand;
    operand.operand = field.at("operand").text();
    operand.memory_operand = memory_operand_of(field.at("memory_operand"));
    for (const JsonField& name : field.at("levels").items()) operand.levels.push_back(memory_of(name, accelerator));
    operand.temporal = temporal_loops_of(field.at("temporal"));
    operand.spatial = spatial_loops_of(field.at("spatial"));
    if (const auto padding = field.find("padding"))
        for (const JsonField& axis : padding->items()) operand.padding.push_back(padding_of(axis));
    return operand;
}

LayerMapping mapping_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"sizes", "operands"});
    LayerMapping mapping{sizes_of(field.at("sizes")), {}};
    for (const JsonField& operand : field.at("operands").items())
        mapping.operands.push_back(operand_of(operand, accelerator));
    return mapping;
}

Resident resident_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"kind", "memory", "size"});
    return {enumerator<ResidentKind>(field.at("kind"), resident_kind_named,
                                     "column-cache, row-cache, weights or feature-map"),
            memory_of(field.at("memory"), accelerator), Bits{positive(field.at("size"))}};
}

ComputeStep compute_step_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"step", "layer", "mapping", "residents"});
    ComputeStep step{field.at("layer").integer(), mapping_of(field.at("mapping"), accelerator), {}};
    for (const JsonField& resident : field.at("residents").items()) {
        step.residents.push_back(resident_of(resident, accelerator));
    }
    return step;
}

Step step_of(const JsonField& field, const Accelerator& accelerator)
{
    const JsonField kind = field.at("step");
    if (kind.text() == "copy") return copy_step_of(field, accelerator);
    if (kind.text() == "compute") return compute_step_of(field, accelerator);
    kind.fail('\'' + kind.text() + "' is unknown, expected copy or compute");
}

TileSize tile_size_of(const JsonField& field)
{
    field.only({"x", "y"});
    return {positive(field.at("x")), positive(field.at("y"))};
}

TilePosition position_of(const JsonField& field)
{
    return enumerator<TilePosition>(field, tile_position_named, "first, second, middle, last or only");
}

std::optional<TileRange> range_of(const JsonField& field, std::string_view name)
{
    const auto range = field.find(name);
    if (!range) return std::nullopt;
    range->only({"first", "count"});
    return TileRange{range->at("first").integer(), positive(range->at("count"))};
}

TileClass class_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"size", "column", "row", "loads_weights", "count", "steps", "columns", "rows"});
    TileClass tile;
    tile.size = tile_size_of(field.at("size"));
    tile.column = position_of(field.at("column"));
    tile.row = position_of(field.at("row"));
    tile.loads_weights = field.at("loads_weights").boolean();
    tile.count = positive(field.at("count"));
    for (const JsonField& step : field.at("steps").items()) tile.steps.push_back(step_of(step, accelerator));
    tile.columns = range_of(field, "columns");
    tile.rows = range_of(field, "rows");
    return tile;
}

Stack stack_of(const JsonField& field, const Accelerator& accelerator)
{
    field.only({"layers", "mode", "tile", "grid", "classes"});
    Stack stack;
    for (const JsonField& id : field.at("layers").items()) stack.layers.push_back(id.integer());
    stack.mode =
        enumerator<OverlapMode>(field.at("mode"), overlap_mode_named, "fully-recompute, h-cached or fully-cached");
    stack.tile = tile_size_of(field.at("tile"));
    const JsonField grid = field.at("grid");
    grid.only({"columns", "rows"});
    stack.grid = {positive(grid.at("columns")), positive(grid.at("rows"))};
    for (const JsonField& tile : field.at("classes").items()) stack.classes.push_back(class_of(tile, accelerator));
    return stack;
}

void require_schema(const JsonField& root)
{
    const JsonField schema = root.at("schema");
    if (schema.text() == kSchema) return;
    schema.fail("is '" + schema.text() + "', expected '" + std::string{kSchema} + '\'');
}

Schedule schedule_of(const JsonDocument& document, const Accelerator& accelerator)
{
    const JsonField root{document};
    require_schema(root);
    root.only({"schema", "accelerator", "workload", "capacity", "stacks"});
    Schedule schedule;
    schedule.accelerator = root.at("accelerator").text();
    if (schedule.accelerator != accelerator.name()) {
        root.at("accelerator").fail("is '" + schedule.accelerator + "', expected '" + accelerator.name() + '\'');
    }
    schedule.workload = root.at("workload").text();
    schedule.capacity =
        enumerator<CapacityPolicy>(root.at("capacity"), capacity_policy_named, "optimistic or reserved");
    for (const JsonField& stack : root.at("stacks").items()) schedule.stacks.push_back(stack_of(stack, accelerator));
    return schedule;
}

}  // namespace

Schedule schedule_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator)
{
    return schedule_of(JsonDocument{text, filename}, accelerator);
}

Schedule schedule_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator,
                            const Workload& workload)
{
    const JsonDocument document{text, filename};
    Schedule schedule = schedule_of(document, accelerator);
    try {
        check(schedule, accelerator, workload);
        check_regions(schedule, workload);
    } catch (const InputError& error) {
        throw document.located(error);
    }
    return schedule;
}

LayerMapping mapping_from_json(const std::string& text, const std::string& filename, const Accelerator& accelerator,
                               const Layer& layer)
{
    const JsonDocument document{text, filename};
    LayerMapping mapping = mapping_of(JsonField{document}, accelerator);
    try {
        check(mapping, layer, accelerator);
    } catch (const InputError& error) {
        throw document.located(error);
    }
    return mapping;
}

Schedule read_schedule(const std::string& path, const Accelerator& accelerator)
{
    return schedule_from_json(read_text(path, kMostJsonBytes), path, accelerator);
}

Schedule read_schedule(const std::string& path, const Accelerator& accelerator, const Workload& workload)
{
    return schedule_from_json(read_text(path, kMostJsonBytes), path, accelerator, workload);
}

}  // namespace plumbline::io
