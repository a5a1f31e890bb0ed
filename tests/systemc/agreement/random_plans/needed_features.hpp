// SPDX-License-Identifier: Apache-2.0
// What a depth-first schedule must compute and fetch, counted feature by feature: windows are walked from each output back,
// and what a tile needs is a set of columns and a set of rows. Shares no formula with model or machine.
//
// Between what is read, a tile makes what lies there, too: maps are rectangles. Of maps that enter, it fetches what lies there,
// but nothing between where all windows step over the same columns or rows; plans as DeFiNES makes them fetch those, too. What
// earlier tiles of the row (or all earlier ones) have had is taken away where the mode caches it. Where maps have edges, a tile
// reads the rectangle that its windows span, as far as the map goes.
//
//     NeededFeatures needed{workload, stack, columns, rows, Between::left_out};
//     needed.macs();       // of the whole stack
//     needed.pixels(map);  // pixels of a map that enters, all tiles together
#pragma once

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::random_plans {

/// A layer's output; or, where there is no layer, an input of the network, by its reader and the place among the reader's inputs.
struct MapId {
    MapId(LayerId layer) : producer{layer} {}  // NOLINT: a map is called by its layer
    MapId(LayerId reader, std::size_t place) : read{reader, place} {}
    MapId(const Layer& reader, std::size_t place)
        : MapId{reader.inputs[place].source ? MapId{*reader.inputs[place].source} : MapId{reader.id, place}}
    {}

    friend bool operator<(const MapId& a, const MapId& b)
    {
        return std::tie(a.producer, a.read) < std::tie(b.producer, b.read);
    }

    friend bool operator==(const MapId& a, const MapId& b) { return a.producer == b.producer && a.read == b.read; }

    std::optional<LayerId> producer;
    std::pair<LayerId, std::size_t> read;
};

/// What lies between columns (or rows) that windows read of a map that enters.
enum class Between { left_out, fetched };

/// One axis of a network: where each map lies, from what its readers need of it.
class WalkedAxis {
public:
    WalkedAxis(const Workload& workload, LoopDim position) : workload_{workload}, position_{position}
    {
        for (const Layer& layer : workload.layers()) {
            size_[layer.id] = layer.sizes[position];
            for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
                const Operand& input = layer.inputs[i];
                if (input.constant || input.source) continue;
                size_[{layer, i}] = *read_of(layer, input, whole(layer.sizes[position]), 0).rbegin() + 1;
                for (const SlidingAxis& axis : input.sliding)
                    if (axis.position == position && axis.size)
                        size_[{layer, i}] = (axis.depth_offset + *axis.size - 1) / axis.depth_to_space + 1;
            }
        }
    }

    std::int64_t size(MapId map) const { return size_.at(map); }

    /// What some outputs read of an input; where maps have edges, beyond them too. A map larger than what all outputs read is
    /// read in its centre.
    std::set<std::int64_t> read(const Layer& layer, std::size_t place, const std::set<std::int64_t>& outputs) const
    {
        const Operand& input = layer.inputs[place];
        if (workload_.bounded()) {
            std::int64_t padding = 0;
            for (const SlidingAxis& axis : input.sliding)
                if (axis.position == position_) padding = axis.padding_before - axis.depth_offset;
            return read_of(layer, input, outputs, -padding);
        }
        const std::set<std::int64_t> all = read_of(layer, input, whole(layer.sizes[position_]), 0);
        const std::int64_t spare = size_.at({layer, place}) - (*all.rbegin() + 1);
        return read_of(layer, input, outputs, spare >= 0 ? spare / 2 : (spare - 1) / 2);
    }

    /// What of a map is there, of columns (or rows) in steps; where there is nothing, the nearest of them.
    std::set<std::int64_t> there(const MapId& map, const std::set<std::int64_t>& some, std::int64_t step = 1) const
    {
        if (!workload_.bounded() || some.empty()) return some;
        const std::int64_t size = size_.at(map);
        std::set<std::int64_t> inside;
        for (std::int64_t each : some)
            if (each >= 0 && each < size) inside.insert(each);
        std::int64_t nearest = *some.rbegin();
        while (nearest < 0) nearest += step;
        while (nearest >= size) nearest -= step;
        if (inside.empty()) inside.insert(nearest);
        return inside;
    }

    /// First to last, and all between, or as many as there are in steps.
    static std::set<std::int64_t> filled(const std::set<std::int64_t>& some, std::int64_t step = 1)
    {
        std::set<std::int64_t> all;
        if (some.empty()) return all;
        for (std::int64_t i = *some.begin(); i <= *some.rbegin(); i += step) all.insert(i);
        return all;
    }

    /// The longest step that misses nothing of what layers of a stack read of a map, wherever their outputs lie.
    std::int64_t step(const std::vector<LayerId>& stack, const MapId& map) const
    {
        std::set<std::int64_t> all;
        for (LayerId id : stack) {
            const Layer& layer = workload_.layer(id);
            for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
                if (layer.inputs[i].constant || !(MapId{layer, i} == map)) continue;
                if (upsampling_of(layer.inputs[i]) > 1) return 1;  // all of it is fetched
                all.merge(read(layer, i, {0, 1}));
            }
        }
        std::int64_t step = 0;
        for (std::int64_t each : all) step = std::gcd(step, each - *all.begin());
        if (step == 0 || !workload_.bounded()) return step;
        const std::int64_t first = (*all.begin() % step + step) % step;
        return first < size_.at(map) ? step : 1;  // all taps lie in padding: nothing says what may be left out
    }

    static std::set<std::int64_t> whole(std::int64_t size)
    {
        return filled(size > 0 ? std::set<std::int64_t>{0, size - 1} : std::set<std::int64_t>{});
    }

private:
    std::set<std::int64_t> read_of(const Layer& layer, const Operand& input, const std::set<std::int64_t>& outputs,
                                   std::int64_t begin) const
    {
        std::int64_t stride = 1, window = 1, dilation = 1;
        for (const SlidingAxis& axis : input.sliding) {
            if (axis.position != position_) continue;
            stride = axis.stride;
            dilation = axis.dilation;
            window = layer.sizes[axis.window];
        }
        std::set<std::int64_t> read;
        for (std::int64_t output : outputs)
            for (std::int64_t tap = 0; tap < window; ++tap)
                read.insert(feature_at(begin + output * stride + tap * dilation, upsampling_of(input)));
        return read;
    }

    std::int64_t upsampling_of(const Operand& input) const
    {
        for (const SlidingAxis& axis : input.sliding)
            if (axis.position == position_) return axis.upsampling * axis.depth_to_space;
        return 1;
    }

    /// Of a map of which each feature is repeated, or whose channels hold places.
    static std::int64_t feature_at(std::int64_t place, std::int64_t upsampling)
    {
        std::int64_t feature = 0;
        for (; place >= upsampling; place -= upsampling) ++feature;
        for (; place < 0; place += upsampling) --feature;
        return feature;
    }

    const Workload& workload_;
    LoopDim position_;
    std::map<MapId, std::int64_t> size_;
};

/// Along one axis, per tile: what is made (or fetched) of each map.
using MadeAlong = std::vector<std::map<MapId, std::set<std::int64_t>>>;

inline MadeAlong made_along(const Workload& workload, const Stack& stack, LoopDim position,
                            const std::set<std::int64_t>& wanted, const std::vector<std::int64_t>& tiles, bool cached,
                            Between between)
{
    const WalkedAxis axis{workload, position};
    MadeAlong made;
    std::map<MapId, std::set<std::int64_t>> had;
    std::int64_t begin = wanted.empty() ? 0 : *wanted.begin();
    for (std::int64_t size : tiles) {
        std::map<MapId, std::set<std::int64_t>> needed, own;
        for (std::int64_t i = begin; i < begin + size; ++i) needed[stack.layers.back()].insert(i);
        begin += size;
        const auto take = [&](MapId map, std::int64_t step) {
            std::set<std::int64_t> all =
                axis.there(map, WalkedAxis::filled(needed[map], step), std::max<std::int64_t>(1, step));
            if (cached)
                for (std::int64_t each : had[map]) all.erase(each);
            own[map] = all;
            had[map].insert(all.begin(), all.end());
        };
        for (auto id = stack.layers.rbegin(); id != stack.layers.rend(); ++id) {
            take(*id, 1);
            const Layer& layer = workload.layer(*id);
            for (std::size_t i = 0; i < layer.inputs.size(); ++i) {
                if (layer.inputs[i].constant) continue;
                const auto read = axis.read(layer, i, own[*id]);
                needed[{layer, i}].insert(read.begin(), read.end());
            }
        }
        for (const auto& [map, unused] : std::map{needed})
            if (own.count(map) == 0) take(map, between == Between::fetched ? 1 : axis.step(stack.layers, map));
        made.push_back(std::move(own));
    }
    return made;
}

/// Counts of one stack. \pre without padding, no map is read beyond its edges
class NeededFeatures {
public:
    /// \param columns, rows of the stack's output that the network needs
    NeededFeatures(const Workload& workload, const Stack& stack, const std::set<std::int64_t>& columns,
                   const std::set<std::int64_t>& rows, Between between)
        : workload_{workload},
          stack_{stack}
    {
        std::vector<std::int64_t> widths, heights;
        for (std::int64_t i = 0; i < stack.grid.columns; ++i) widths.push_back(class_of_tile(stack, i, 0).size.x);
        for (std::int64_t i = 0; i < stack.grid.rows; ++i) heights.push_back(class_of_tile(stack, 0, i).size.y);
        columns_ = made_along(workload, stack, LoopDim::ox, columns, widths, stack.mode != OverlapMode::fully_recompute,
                              between);
        rows_ =
            made_along(workload, stack, LoopDim::oy, rows, heights, stack.mode == OverlapMode::fully_cached, between);
    }

    std::int64_t macs() const
    {
        std::int64_t sum = 0;
        for (LayerId id : stack_.layers) {
            const Layer& layer = workload_.layer(id);
            sum += layer.macs() / (layer.sizes[LoopDim::ox] * layer.sizes[LoopDim::oy]) * pixels(id);
        }
        return sum;
    }

    /// Of a map that a layer makes or that enters the stack, all tiles together.
    std::int64_t pixels(MapId map) const
    {
        std::int64_t sum = 0;
        for (const auto& column : columns_)
            for (const auto& row : rows_) sum += static_cast<std::int64_t>(column.at(map).size() * row.at(map).size());
        return sum;
    }

private:
    const Workload& workload_;
    const Stack& stack_;
    MadeAlong columns_;
    MadeAlong rows_;
};

/// What a network needs of each map along an axis, from its output back.
inline std::map<MapId, std::set<std::int64_t>> needed_of(const Workload& workload, LoopDim position)
{
    const WalkedAxis axis{workload, position};
    std::map<MapId, std::set<std::int64_t>> needed;
    const auto& layers = workload.layers();
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
        if (needed.count(layer->id) == 0) needed[layer->id] = WalkedAxis::whole(layer->sizes[position]);
        needed[layer->id] = axis.there(layer->id, WalkedAxis::filled(needed[layer->id]));
        for (std::size_t i = 0; i < layer->inputs.size(); ++i) {
            if (layer->inputs[i].constant) continue;
            const auto read = axis.read(*layer, i, needed[layer->id]);
            needed[{*layer, i}].insert(read.begin(), read.end());
        }
    }
    return needed;
}

}  // namespace plumbline::random_plans
