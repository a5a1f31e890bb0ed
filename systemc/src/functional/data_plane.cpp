// SPDX-License-Identifier: Apache-2.0
#include "functional/data_plane.hpp"

#include <algorithm>
#include <string>

#include "functional/depth_values.hpp"
#include "plumbline/error.hpp"
#include "plumbline/sim/overcommit.hpp"
#include "storage/geometry/map_read.hpp"

namespace plumbline::sim {
namespace {

MapFormat format_of(const MapGeometry& map) { return {map.channels, map.precision}; }

/// The layer's weights where they are mapped to; null where it multiplies by none.
const OperandMapping* mapped_weights(const Layer& layer, const LayerMapping& mapping)
{
    const Operand* weights = multiplied_weights(layer);
    if (weights == nullptr) return nullptr;
    const auto found = std::find_if(mapping.operands.begin(), mapping.operands.end(),
                                    [&](const OperandMapping& each) { return each.operand == weights->name; });
    return found == mapping.operands.end() ? nullptr : &*found;
}

/// Of windows that count samples.
Window counted_in(const SampledAxis& samples, Window window)
{
    window.stride /= samples.step;
    if (window.size > 1) window.dilation /= samples.step;
    return window;
}

FeatureBox whole(const MapShape& shape) { return {{0, shape.columns}, {0, shape.rows}}; }

}  // namespace

DataPlane::DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     const NetworkData* data, OutsideData outside)
    : accelerator_{&accelerator},
      workload_{&workload},
      schedule_{&schedule},
      data_{data},
      outside_{std::move(outside)},
      storage_{accelerator, workload, schedule},
      contents_(accelerator.memories().size())
{
    check_computable(workload);
    for (const Layer& layer : workload.layers()) functions_[layer.id] = function_of(layer);
}

DataPlane::DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     const NetworkData& data)
    : DataPlane{accelerator, workload, schedule, &data, {}}
{
    check_data(data, workload);
    begin_run();
}

DataPlane::DataPlane(const plumbline::Accelerator& accelerator, const Workload& workload, const Schedule& schedule,
                     OutsideData outside)
    : DataPlane{accelerator, workload, schedule, nullptr, std::move(outside)}
{
    begin_run();
}

/// Machines hold references to contents, which therefore stay where they are.
void DataPlane::begin_run()
{
    for (MemoryContents& each : contents_) each = {};
    sampled_ = {};
    const std::vector<MapShape> inputs = input_shapes(*workload_);
    MemoryContents& top = contents_[accelerator_->top()];
    if (data_ == nullptr) top.keep_outside();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const MapFormat format{inputs[i].channels, Bits{8}};
        top.maps.fill(MapId::network_input(i), format, whole(inputs[i]),
                      data_ == nullptr ? FeatureValues{} : data_->input_map(i));
    }
    if (data_ == nullptr) return;
    for (const auto& [layer, values] : data_->weights) top.keep_weights(layer, values);
}

/// Weights of the stack before make way.
void DataPlane::begin_stack(std::size_t stack)
{
    tile_.stack = stack;
    for (MemoryId memory = 0; memory < contents_.size(); ++memory) {
        if (memory != accelerator_->top()) contents_[memory].forget_weights();
    }
    sampled_.begin_stack(contents_[accelerator_->top()].maps, storage_, stack);
}

void DataPlane::begin_tile(TileIndex tile)
{
    tile_ = tile;
    steps_ = storage_.tile(tile);
}

const TileClass& DataPlane::tile_class() const
{
    return class_of_tile(schedule_->stacks[tile_.stack], tile_.column, tile_.row);
}

std::optional<CopyPayload> DataPlane::payload(std::size_t step, std::size_t copy) const
{
    std::optional<CopyPayload> payload;
    for (const MapCopy& each : steps_[step].copies) {
        if (each.copy != copy) continue;
        if (!payload) {
            const MapGeometry& map = maps()[each.map];
            payload = CopyPayload{{map.map, format_of(map), each.box, map.samples, {}}, each.from, {}};
        }
        payload->part.box = hull(payload->part.box, each.box);
        payload->stops.push_back({each.to, each.box});
    }
    return payload;
}

void DataPlane::compute(std::size_t step)
{
    const LayerWork& work = *steps_[step].work;
    const auto& compute_step = std::get<ComputeStep>(tile_class().steps[step]);
    const Layer& layer = workload_->layer(work.layer);
    std::vector<FeatureValues> inputs;
    for (const MapRead& read : work.reads)
        inputs.push_back(found_by_windows({gather(work, read), read.window}, maps()[read.map].channels, read.places,
                                          layer, layer.inputs[read.input]));
    // A tile beyond the edge of the map makes nothing, but brings the weights that others will look for.
    const FeatureValues& weights = fetch_weights(compute_step);
    const FeatureBox& box = work.write.box;
    if (box.empty()) return;
    FeatureValues made = sim::compute(function_on(work), layer, inputs, weights, {box.rows.size(), box.columns.size()});
    RegionStore& store = contents_[work.write.memory].maps;
    const MapFormat format = format_of(maps()[work.write.map]);
    if (!outside(work.write.memory)) {
        store.fill(layer.id, format, box, made);
        return;
    }
    store.fill(layer.id, format, box);
    outside_.expect(layer.id, box, std::move(made));
}

void DataPlane::finish(std::size_t step)
{
    for (const MapShrink& each : steps_[step].shrinks) {
        contents_[each.memory].maps.shrink(maps()[each.map].map, each.kept);
    }
    if (outside_.settle) outside_.settle();
}

FeatureValues DataPlane::values_in(MemoryId memory, const MapGeometry& map, const FeatureBox& box) const
{
    if (!outside(memory)) return contents_[memory].maps.read(map.map, box);
    return map.samples.pick(outside_.map(map.map, map.samples.span(box)), map.channels, box);
}

/// Windows slide over what is gathered: the samples of a map.
LayerFunction DataPlane::function_on(const LayerWork& work) const
{
    LayerFunction function = functions_.at(work.layer);
    for (const MapRead& read : work.reads) {
        const Samples& samples = maps()[read.map].samples;
        function.columns = counted_in(samples.columns, function.columns);
        function.rows = counted_in(samples.rows, function.rows);
    }
    return function;
}

const FeatureValues* DataPlane::weights_in(MemoryId memory, LayerId layer)
{
    if (outside(memory)) contents_[memory].keep_weights(layer, outside_.weights(layer));
    return contents_[memory].weights(layer);
}

FeatureValues DataPlane::gather(const LayerWork& work, const MapRead& read) const
{
    const MapGeometry& map = maps()[read.map];
    FeatureValues window(static_cast<std::size_t>(read.window.pixels() * map.channels),
                         beyond_edges(workload_->layer(work.layer), workload_->bounded()));
    std::vector<FeatureBox> missing{read.inside};
    if (read.inside.empty()) return window;
    for (MemoryId memory : read.memories) {
        const RegionStore& store = contents_[memory].maps;
        std::vector<FeatureBox> rest;
        for (const FeatureBox& wanted : missing) {
            for (const FeatureBox& part : store.common(map.map, wanted)) {
                const FeatureValues values = values_in(memory, map, part);
                copy_box_values(part, map.channels, values.data(), part, window.data(), read.window);
            }
            const auto lost = store.missing(map.map, wanted);
            rest.insert(rest.end(), lost.begin(), lost.end());
        }
        missing = std::move(rest);
    }
    if (missing.empty()) return window;
    const FeatureBox lost = map.samples.span(missing.front());
    std::string memories;
    for (MemoryId memory : read.memories)
        memories += (memories.empty() ? "" : " or ") + accelerator_->memory(memory).name;
    throw DoesNotFit{place(work.layer), "reads channels 0 to " + std::to_string(map.channels - 1) + " of row " +
                                            std::to_string(lost.rows.begin) + ", column " +
                                            std::to_string(lost.columns.begin) + " of " + name_of_map(map.map) +
                                            " from " + memories + ", where nobody wrote it or it has been overwritten"};
}

const FeatureValues& DataPlane::fetch_weights(const ComputeStep& step)
{
    static const FeatureValues kNone;
    const Layer& layer = workload_->layer(step.layer);
    const OperandMapping* mapping = mapped_weights(layer, step.mapping);
    if (mapping == nullptr) return kNone;
    const MemoryId source = mapping->levels.back();
    const FeatureValues* values = weights_in(source, step.layer);
    if (values == nullptr) {
        throw DoesNotFit{place(step.layer),
                         "reads its weights from " + accelerator_->memory(source).name + ", where nobody loaded them"};
    }
    pass_weights(*mapping, step.layer, *values);
    return *values;
}

/// Weights stay where other tiles of the stack will look for them.
void DataPlane::pass_weights(const OperandMapping& mapping, LayerId layer, const FeatureValues& values)
{
    for (MemoryId memory : mapping.levels) {
        const bool resident = memory != mapping.levels.back() && contents_[memory].weights(layer) == nullptr;
        if (resident && looked_for(memory, layer)) contents_[memory].keep_weights(layer, values);
    }
}

bool DataPlane::looked_for(MemoryId memory, LayerId layer) const
{
    bool found = false;
    for_each_step(schedule_->stacks[tile_.stack], [&](const ScheduledStep& step) {
        const ComputeStep* compute = step.compute();
        if (found || compute == nullptr || compute->layer != layer) return;
        const OperandMapping* mapping = mapped_weights(workload_->layer(layer), compute->mapping);
        found = mapping != nullptr && mapping->levels.back() == memory;
    });
    return found;
}

std::vector<FeatureValues> DataPlane::outputs() const
{
    std::vector<FeatureValues> all;
    for (LayerId layer : workload_->outputs()) all.push_back(output(workload_->layer(layer)));
    return all;
}

FeatureValues DataPlane::output(const Layer& layer) const
{
    const FeatureBox all = whole(output_shape(layer));
    const RegionStore& store = contents_[accelerator_->top()].maps;
    const auto missing = store.missing(layer.id, all);
    if (missing.empty()) return store.read(layer.id, all);
    throw InputError{"schedule", "row " + std::to_string(missing.front().rows.begin) + ", column " +
                                     std::to_string(missing.front().columns.begin) + " of " + name_of_map(layer.id) +
                                     " never came to " + accelerator_->memory(accelerator_->top()).name};
}

std::string DataPlane::place(LayerId layer) const
{
    return "layer '" + workload_->layer(layer).name + "', tile (" + std::to_string(tile_.column) + ", " +
           std::to_string(tile_.row) + ')';
}

std::string DataPlane::name_of_map(MapId map) const
{
    return map ? "the output of layer '" + workload_->layer(*map).name + '\'' : name_of_input(*workload_, map);
}

}  // namespace plumbline::sim
