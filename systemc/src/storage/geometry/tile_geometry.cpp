// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/tile_geometry.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "plumbline/error.hpp"
#include "storage/geometry/map_read.hpp"
#include "storage/geometry/network_axis.hpp"

namespace plumbline::sim {
namespace {

/// All but rows and columns.
std::int64_t channels(const Operand& operand, const LoopSizes& sizes)
{
    std::int64_t product = 1;
    for (LoopDim dim : kAllLoopDims) {
        if (dim != LoopDim::ox && dim != LoopDim::oy && operand.relevant.contains(dim)) product *= sizes[dim];
    }
    for (const SlidingAxis& axis : operand.sliding) {
        if (axis.position != LoopDim::ox && axis.position != LoopDim::oy) product *= axis.size.value_or(1);
        product *= axis.depth_to_space;
    }
    return product;
}

/// Of an input of the network as many as its reader reads.
std::int64_t channels_of(const Workload& workload, MapId map)
{
    if (map) return channels(workload.layer(*map).output, workload.layer(*map).sizes);
    const NetworkInput input = workload.inputs()[map.input()];
    const Layer& reader = workload.layer(input.layer);
    return channels(reader.inputs[input.input], reader.sizes);
}

/// Some region of a map that the stack's copies move; all have the same steps. Null where none does.
const FeatureRegion* region_of(const Stack& stack, MapId map)
{
    const FeatureRegion* found = nullptr;
    for_each_step(stack, [&](const ScheduledStep& step) {
        if (found != nullptr || step.copies() == nullptr) return;
        for (const Copy& copy : step.copies()->copies)
            if (map_of(copy.region) == map) found = &copy.region;
    });
    return found;
}

/// Which samples of an axis a layer reads, where it reads one in `step`.
SampledAxis samples_read(const Reach& reach, std::int64_t step) { return {step, (reach.begin % step + step) % step}; }

void require_same(const SampledAxis& brought, const SampledAxis& read, const Layer& layer, const std::string& name)
{
    if (brought.first == read.first) return;
    throw InputError{"layer '" + layer.name + '\'', "reads " + name + ' ' + std::to_string(read.first) +
                                                        " of a map of which copies bring one " + name + " in " +
                                                        std::to_string(brought.step) + ", the first of them " +
                                                        std::to_string(brought.first)};
}

/// One axis of all parts of a stack.
struct Axis {
    const NetworkAxis& network;
    AxisParts MapGeometry::*parts;
    Interval FeatureBox::*side;
    std::vector<Interval> ReadGeometry::*reads;
    std::vector<Interval> ReadGeometry::*places;
    SampledAxis Samples::*samples;
    bool cached = false;
    bool bounded = false;  ///< maps end at their edges, for those that read beyond as for those that make them
};

/// What outputs read, in samples. \pre they are all that is read
Reach counted_in(const SampledAxis& samples, Reach reach)
{
    reach.stride /= samples.step;
    reach.window = (reach.window - 1) / samples.step + 1;
    reach.begin = (reach.begin - samples.first) / samples.step;
    return reach;
}

/// Tiles of the stack's output, side by side, in the middle of what the network needs of it.
std::vector<Interval> output_tiles(const Axis& axis, MapId output, const std::vector<std::int64_t>& sizes)
{
    std::int64_t total = 0;
    for (std::int64_t size : sizes) total += size;
    const Interval needed = axis.network.needed(output);
    const std::int64_t spare = needed.size() - total;
    std::int64_t begin = needed.begin + (spare >= 0 ? spare / 2 : (spare - 1) / 2);
    std::vector<Interval> tiles;
    for (std::int64_t size : sizes) {
        tiles.push_back({begin, begin + size});
        begin += size;
    }
    return tiles;
}

/// What of `needed` a tile makes itself: all, or what no tile before has needed.
std::vector<Interval> computed_of(const std::vector<Interval>& needed, bool cached)
{
    std::vector<Interval> computed = needed;
    if (!cached) return computed;
    std::int64_t made = computed.front().end;
    for (std::size_t i = 1; i < computed.size(); ++i) {
        if (computed[i].empty()) computed[i] = {made, made};
        computed[i].begin = std::max(computed[i].begin, std::min(computed[i].end, made));
        made = std::max(made, computed[i].end);
    }
    return computed;
}

/// Tiles behind one may need what lies before its part: of several readers one may have nothing to read yet, where its windows lie in
/// padding. What they need and nobody has made by then the first tile that comes near makes.
void begin_with_what_comes_later(std::vector<Interval>& needed)
{
    std::int64_t made = std::numeric_limits<std::int64_t>::min();
    for (auto tile = needed.begin(); tile != needed.end(); ++tile) {
        if (tile->empty()) continue;
        const Interval skipped{made, tile->begin};
        for (auto behind = tile + 1; behind != needed.end() && tile->begin > made; ++behind) {
            const Interval wanted = intersection(*behind, skipped);
            if (!wanted.empty()) tile->begin = std::min(tile->begin, wanted.begin);
        }
        made = std::max(made, tile->end);
    }
}

/// An empty part stays where it is: others begin there.
Interval clipped(Interval part, Interval whole)
{
    const auto inside = [&](std::int64_t place) { return std::clamp(place, whole.begin, whole.end); };
    return {inside(part.begin), inside(std::max(part.begin, part.end))};
}

/// Who makes what is settled as if maps had no edges, as far as zeros go, and then clipped: so neighbours agree at edges.
void settle(MapGeometry& map, const Axis& axis)
{
    AxisParts& parts = map.*axis.parts;
    if (axis.bounded) {
        for (Interval& each : parts.needed) each = clipped(each, map.whole.*axis.side);
        if (axis.cached) begin_with_what_comes_later(parts.needed);
    }
    parts.computed = computed_of(parts.needed, axis.cached);
    for (Interval& each : parts.computed) each = clipped(each, map.whole.*axis.side);
}

/// \pre `needed` is settled
void note_reached(AxisParts& parts)
{
    std::int64_t reached = 0;
    for (const Interval& each : parts.needed) {
        reached = std::max(reached, each.end);
        parts.reached.push_back(reached);
    }
    parts.needed_behind.assign(parts.needed.size(), std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = parts.needed.size() - 1; i > 0; --i) {
        const Interval& behind = parts.needed[i];
        const std::int64_t further = parts.needed_behind[i];
        parts.needed_behind[i - 1] = behind.empty() ? further : std::min(further, behind.begin);
    }
}

void work_out(const Workload& workload, const Axis& axis, std::vector<LayerGeometry>& layers,
              std::vector<MapGeometry>& maps, const std::vector<std::int64_t>& tile_sizes)
{
    for (MapGeometry& map : maps) {
        map.whole.*axis.side = (map.samples.*axis.samples).within(axis.network.whole(map.map));
        (map.*axis.parts).needed.resize(tile_sizes.size());
    }
    (maps.back().*axis.parts).needed = output_tiles(axis, maps.back().map, tile_sizes);
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        AxisParts& made = maps[layer->map].*axis.parts;
        std::vector<Interval> beyond_edges = computed_of(made.needed, axis.cached);
        settle(maps[layer->map], axis);
        if (axis.bounded) beyond_edges = made.computed;
        for (ReadGeometry& read : layer->reads) {
            const Reach reach = counted_in(maps[read.map].samples.*axis.samples,
                                           axis.network.reach(workload.layer(layer->layer), read.input));
            AxisParts& source = maps[read.map].*axis.parts;
            for (std::size_t i = 0; i < tile_sizes.size(); ++i) {
                (read.*axis.reads).push_back(reach.of(made.computed[i]));
                (read.*axis.places).push_back(reach.places(made.computed[i]));
                const Interval reached = reach.of(beyond_edges[i]);
                source.needed[i] =
                    hull(source.needed[i], axis.bounded ? within(reached, maps[read.map].whole.*axis.side) : reached);
            }
        }
    }
    for (MapGeometry& map : maps) {
        settle(map, axis);
        AxisParts& parts = map.*axis.parts;
        for (Interval& each : parts.needed) each = clipped(each, map.whole.*axis.side);
        note_reached(parts);
    }
}

}  // namespace

StackGeometry::StackGeometry(const Workload& workload, const Stack& stack)
{
    const auto map_of = [&](MapId map, Bits precision) {
        if (const auto known = find(map)) return *known;
        MapGeometry entering;
        entering.map = map;
        entering.enters = true;
        entering.channels = channels_of(workload, map);
        entering.precision = map ? workload.layer(*map).final_precision : precision;
        maps_.push_back(entering);
        return maps_.size() - 1;
    };
    for (LayerId id : stack.layers) {
        const Layer& layer = workload.layer(id);
        LayerGeometry geometry;
        geometry.layer = id;
        for (std::size_t input = 0; input < layer.inputs.size(); ++input) {
            if (layer.inputs[input].constant) continue;
            ReadGeometry read;
            read.input = input;
            read.map = map_of(map_read(workload, layer, input), layer.inputs[input].precision);
            geometry.reads.push_back(read);
        }
        MapGeometry made;
        made.map = id;
        made.channels = channels_of(workload, id);
        made.precision = layer.final_precision;
        geometry.map = maps_.size();
        maps_.push_back(made);
        layers_.push_back(std::move(geometry));
    }
    std::vector<std::int64_t> widths;
    std::vector<std::int64_t> heights;
    for (std::int64_t i = 0; i < stack.grid.columns; ++i) widths.push_back(class_of_tile(stack, i, 0).size.x);
    for (std::int64_t i = 0; i < stack.grid.rows; ++i) heights.push_back(class_of_tile(stack, 0, i).size.y);
    const NetworkAxis columns{workload, LoopDim::ox};
    const NetworkAxis rows{workload, LoopDim::oy};
    choose_samples(workload, stack, columns, rows);
    work_out(
        workload,
        {columns, &MapGeometry::columns, &FeatureBox::columns, &ReadGeometry::columns, &ReadGeometry::column_places,
         &Samples::columns, stack.mode != OverlapMode::fully_recompute, workload.bounded()},
        layers_, maps_, widths);
    work_out(workload,
             {rows, &MapGeometry::rows, &FeatureBox::rows, &ReadGeometry::rows, &ReadGeometry::row_places,
              &Samples::rows, stack.mode == OverlapMode::fully_cached, workload.bounded()},
             layers_, maps_, heights);
}

void StackGeometry::choose_samples(const Workload& workload, const Stack& stack, const NetworkAxis& columns,
                                   const NetworkAxis& rows)
{
    for (MapGeometry& map : maps_) {
        if (const FeatureRegion* region = region_of(stack, map.map); region != nullptr && map.enters)
            map.samples = {{region->column_step, 0}, {region->row_step, 0}};
    }
    std::vector<bool> known(maps_.size());
    for (const LayerGeometry& reader : layers_) {
        const Layer& layer = workload.layer(reader.layer);
        for (const ReadGeometry& read : reader.reads) {
            Samples& samples = maps_[read.map].samples;
            const Samples own{samples_read(columns.reach(layer, read.input), samples.columns.step),
                              samples_read(rows.reach(layer, read.input), samples.rows.step)};
            if (!known[read.map]) samples = own;
            known[read.map] = true;
            require_same(samples.columns, own.columns, layer, "column");
            require_same(samples.rows, own.rows, layer, "row");
        }
    }
}

const LayerGeometry& StackGeometry::layer(LayerId id) const
{
    const auto found =
        std::find_if(layers_.begin(), layers_.end(), [id](const LayerGeometry& each) { return each.layer == id; });
    assert(found != layers_.end());
    return *found;
}

std::optional<std::size_t> StackGeometry::find(MapId map) const
{
    for (std::size_t i = 0; i < maps_.size(); ++i) {
        if (maps_[i].map == map) return i;
    }
    return std::nullopt;
}

}  // namespace plumbline::sim
