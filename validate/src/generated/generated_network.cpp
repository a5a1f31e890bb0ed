// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/generated_network.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/draw.hpp"

namespace plumbline::validate {
namespace {

/// Layer by layer, from the input on.
class NetworkDraw {
public:
    NetworkDraw(std::uint64_t seed, Edges edges, Extent extent)
        : draw_{seed},
          edges_{edges},
          usual_{extent == Extent::usual}
    {
        if (usual_)
            input_ = {draw_.one_of<std::int64_t>({1, 3, 4, 6, 8, 12, 16}), 8 + draw_.below(25), 8 + draw_.below(25)};
        else
            input_ = {draw_.up_to(4), 3 + draw_.below(18), 3 + draw_.below(18)};
        input_precision_ = draw_.once_in(6) ? Bits{16} : Bits{8};
    }

    Workload network()
    {
        if (usual_ && draw_.once_in(8)) return products();
        const std::int64_t layers = draw_.up_to(5);
        while (static_cast<std::int64_t>(layers_.size()) < layers) add_layer(draw_.once_in(4) ? any_map() : last_map());
        join_what_is_left();
        return {"generated", layers_};
    }

private:
    struct Map {
        std::int64_t channels = 1;
        std::int64_t columns = 1;
        std::int64_t rows = 1;
        std::int64_t scale_x = 1;  ///< pixels of the input from one column to the next
        std::int64_t scale_y = 1;
        // Of a map as windows find it, positions that lie in each pixel as channels.
        std::int64_t depth_x = 1;
        std::int64_t depth_y = 1;
        std::int64_t offset_x = 0;  ///< of those, before its first column
        std::int64_t offset_y = 0;

        bool in_depth() const { return depth_x > 1 || depth_y > 1; }
    };
    using MapIndex = std::optional<std::size_t>;  ///< none: the network's input

    const Map& map(MapIndex index) const { return index ? maps_[*index] : input_; }
    /// A map as it is read: some of its channels may hold rows and columns.
    Map found(MapIndex index)
    {
        Map found = map(index);
        if (edges_ != Edges::rearranged || draw_.once_in(3)) return found;
        const auto deepen = [&](std::int64_t& depth, std::int64_t& offset, std::int64_t& size, std::int64_t& scale) {
            const std::int64_t wanted = draw_.one_of<std::int64_t>({1, 2, 2, 3});
            if (found.channels % wanted != 0) return;
            depth = wanted;
            size *= wanted;
            if (draw_.once_in(3)) offset = draw_.below(wanted);
            size -= offset;
            if (size > wanted && draw_.once_in(3)) size -= draw_.below(wanted);
            found.channels /= wanted;
            if (scale % wanted == 0) scale /= wanted;
        };
        deepen(found.depth_x, found.offset_x, found.columns, found.scale_x);
        deepen(found.depth_y, found.offset_y, found.rows, found.scale_y);
        return found;
    }
    bool padded() const { return edges_ != Edges::none; }
    MapIndex last_map() const { return layers_.empty() ? MapIndex{} : MapIndex{layers_.size() - 1}; }
    MapIndex any_map()
    {
        const std::int64_t which = draw_.below(static_cast<std::int64_t>(layers_.size()) + 1);
        return which == 0 ? MapIndex{} : MapIndex{static_cast<std::size_t>(which - 1)};
    }

    /// A window along one axis, and how many outputs a map has under it.
    struct Window {
        std::int64_t size = 1;
        std::int64_t stride = 1;
        std::int64_t dilation = 1;
        std::int64_t outputs = 1;
        std::int64_t before = 0;
        std::int64_t behind = 0;
        std::int64_t upsampling = 1;

        std::int64_t extent() const { return dilation * (size - 1) + 1; }
        SlidingAxis axis(const std::string& name, LoopDim position, LoopDim tap) const
        {
            return {name, position, stride, tap, dilation, before, behind, std::nullopt, upsampling};
        }
        /// Pixels of the network's input from one output to the next, more or less.
        std::int64_t scaled(std::int64_t scale) const
        {
            return scale * stride % upsampling == 0 ? scale * stride / upsampling : scale * stride;
        }
    };

    std::int64_t upsampling() { return draw_.once_in(3) ? draw_.one_of<std::int64_t>({2, 2, 3}) : 1; }

    /// As many outputs as fit, with padding that may be larger than the window, or of a part of the map.
    Window padded(Window window, std::int64_t map)
    {
        map *= window.upsampling;
        if (draw_.once_in(6)) {
            window.before = -draw_.below((map + 1) / 2);
            window.behind = -draw_.below((map + 1) / 2);
        } else if (draw_.once_in(4))
            window.before = window.behind = 0;
        else if (draw_.once_in(2))
            window.before = window.behind = window.extent() / 2;
        else {
            window.before = draw_.below(window.extent() + 2);
            window.behind = draw_.below(window.extent() + 2);
        }
        if (window.extent() > map + window.before + window.behind)
            window.size = window.dilation = 1, window.before = window.behind = 0;
        window.outputs = (map + window.before + window.behind - window.extent()) / window.stride + 1;
        return window;
    }

    Window window(std::int64_t map, const Map& from)
    {
        Window drawn{draw_.one_of<std::int64_t>({1, 1, 2, 3, 3, 5}), draw_.one_of<std::int64_t>({1, 1, 1, 2, 2, 3}),
                     draw_.one_of<std::int64_t>({1, 1, 1, 2, 3}), 1};
        if (padded()) {
            if (!from.in_depth()) drawn.upsampling = upsampling();
            return padded(drawn, map);
        }
        if (drawn.dilation * (drawn.size - 1) + 1 > map) drawn.size = drawn.dilation = 1;
        drawn.outputs = (map - drawn.dilation * (drawn.size - 1) - 1) / drawn.stride + 1;
        return drawn;
    }

    static DimSet dims(std::initializer_list<LoopDim> all)
    {
        DimSet set;
        for (LoopDim dim : all) set.insert(dim);
        return set;
    }

    std::optional<LayerId> id_of(MapIndex index) const
    {
        return index ? std::optional<LayerId>{layers_[*index].id} : std::nullopt;
    }
    Bits precision_of(MapIndex index) const { return index ? layers_[*index].final_precision : input_precision_; }

    Layer named(const std::string& type, Operation operation)
    {
        Layer layer;
        layer.id = static_cast<LayerId>(layers_.size());
        layer.name = "layer " + std::to_string(layer.id);
        layer.operator_type = type;
        layer.operation = operation;
        layer.output.name = "O";
        layer.output.precision = draw_.once_in(3) ? Bits{24} : Bits{16};
        layer.final_precision = Bits{8};
        return layer;
    }

    /// Groups of `c` to `k` channels each; of single channels, or none but one, for the two usual kinds.
    void add_layer(MapIndex source)
    {
        const std::int64_t kind = draw_.below(8);
        const Map from = found(source);
        const std::int64_t channels = from.channels;
        if (kind == 0) return add_windows(source, from, "Pooling", Operation::maximum_pooling, {channels, 1, 1});
        if (kind == 1)
            return add_windows(source, from, "DepthwiseConv", Operation::depthwise_convolution, {channels, 1, 1});
        const std::int64_t groups = channels % 2 == 0 && kind == 2 ? 2 : 1;
        add_windows(source, from, "Conv", Operation::convolution, {groups, channels_made(groups), channels / groups});
    }

    /// By each group of a convolution.
    std::int64_t channels_made(std::int64_t groups)
    {
        return usual_ ? draw_.one_of<std::int64_t>({4, 6, 8, 10, 12, 16, 16, 20, 24, 32}) / groups : draw_.up_to(5);
    }

    /// Matrices of one shape after the other: rows lie along OX.
    Workload products()
    {
        input_ = {16 + 4 * draw_.below(29), 1 + draw_.below(64), 1};
        edges_ = Edges::none;
        for (std::int64_t layers = draw_.up_to(3); layers > 0; --layers) {
            const std::int64_t made = 10 + draw_.below(119);
            const Map read = map(last_map());
            Layer layer = named("MatMul", Operation::matrix_product);
            layer.sizes[LoopDim::ox] = read.columns;
            Window rows;
            rows.outputs = read.columns;
            add_layer(layer, last_map(), read, {1, made, read.channels}, rows, Window{});
        }
        return {"generated", layers_};
    }

    struct Channels {
        std::int64_t groups;
        std::int64_t k;
        std::int64_t c;
    };

    /// \param from the source as it is read
    void add_windows(MapIndex source, const Map& from, const std::string& type, Operation operation, Channels channels)
    {
        Layer layer = named(type, operation);
        const Window x = window(from.columns, from);
        const Window y = draw_.once_in(2) ? window(from.rows, from) : along(x, from.rows);
        layer.sizes = kUnitLoopSizes;
        layer.sizes[LoopDim::ox] = x.outputs;
        layer.sizes[LoopDim::oy] = y.outputs;
        layer.sizes[LoopDim::fx] = x.size;
        layer.sizes[LoopDim::fy] = y.size;
        add_layer(layer, source, from, channels, x, y);
    }

    /// \param layer with its windows \param from the source as it is read
    void add_layer(Layer layer, MapIndex source, const Map& from, Channels channels, const Window& x, const Window& y)
    {
        layer.sizes[LoopDim::g] = channels.groups;
        layer.sizes[LoopDim::k] = channels.k;
        layer.sizes[LoopDim::c] = channels.c;
        if (usual_)
            while (layer.sizes[LoopDim::k] > 1 && layer.macs() > kMostMacs) layer.sizes[LoopDim::k] /= 2;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::k, LoopDim::oy, LoopDim::ox});
        Operand weights{"W", dims({LoopDim::fx, LoopDim::fy}), {}, Bits{0}, true, std::nullopt};
        if (layer.operation != Operation::maximum_pooling) {
            weights.relevant = dims({LoopDim::g, LoopDim::k, LoopDim::c, LoopDim::fy, LoopDim::fx});
            weights.precision = Bits{8};
        }
        Operand input{"I",
                      dims({LoopDim::b, LoopDim::g, LoopDim::c}),
                      {x.axis("IX", LoopDim::ox, LoopDim::fx), y.axis("IY", LoopDim::oy, LoopDim::fy)},
                      precision_of(source),
                      false,
                      id_of(source)};
        if (padded()) {
            input.sliding[0].size = from.columns;
            input.sliding[1].size = from.rows;
            input.sliding[0].depth_to_space = from.depth_x;
            input.sliding[1].depth_to_space = from.depth_y;
            input.sliding[0].depth_offset = from.offset_x;
            input.sliding[1].depth_offset = from.offset_y;
        }
        layer.inputs = {weights, input};
        const std::int64_t made = channels.groups * layer.sizes[LoopDim::k];
        note(layer, {made, x.outputs, y.outputs, x.scaled(from.scale_x), y.scaled(from.scale_y)}, {source});
    }

    Window along(Window window, std::int64_t map)
    {
        if (padded()) return padded(window, map);
        if (window.dilation * (window.size - 1) + 1 > map) window.size = window.dilation = 1;
        window.outputs = (map - window.dilation * (window.size - 1) - 1) / window.stride + 1;
        return window;
    }

    void add_sum(MapIndex a, MapIndex b)
    {
        Layer layer = named("Add", Operation::addition);
        const Map sum{map(a).channels, std::min(map(a).columns, map(b).columns), std::min(map(a).rows, map(b).rows),
                      map(a).scale_x, map(a).scale_y};
        layer.sizes[LoopDim::g] = sum.channels;
        layer.sizes[LoopDim::ox] = sum.columns;
        layer.sizes[LoopDim::oy] = sum.rows;
        const DimSet all = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        layer.output.relevant = all;
        layer.inputs = {{"X", all, {}, precision_of(a), false, id_of(a)},
                        {"Y", all, {}, precision_of(b), false, id_of(b)}};
        note(layer, sum, {a, b});
    }

    void note(Layer layer, Map made, const std::vector<MapIndex>& sources)
    {
        read_.push_back(false);
        for (MapIndex source : sources)
            if (source) read_[*source] = true;
        layers_.push_back(std::move(layer));
        maps_.push_back(made);
    }

    static constexpr std::int64_t kMostMacs = 1 << 19;

    /// Of given channels and scale, by a pointwise convolution. \pre the scales are multiples of the map's
    std::size_t adapted(std::size_t index, const Map& wanted)
    {
        const Map map = maps_[index];
        if (map.channels == wanted.channels && map.scale_x == wanted.scale_x && map.scale_y == wanted.scale_y)
            return index;
        const std::int64_t stride_x = wanted.scale_x / map.scale_x;
        const std::int64_t stride_y = wanted.scale_y / map.scale_y;
        Layer layer = named("Conv", Operation::convolution);
        layer.sizes[LoopDim::k] = wanted.channels;
        layer.sizes[LoopDim::c] = map.channels;
        layer.sizes[LoopDim::ox] = (map.columns - 1) / stride_x + 1;
        layer.sizes[LoopDim::oy] = (map.rows - 1) / stride_y + 1;
        layer.output.relevant = dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
        layer.inputs = {
            {"W", dims({LoopDim::k, LoopDim::c, LoopDim::fx, LoopDim::fy}), {}, Bits{8}, true, std::nullopt},
            {"I",
             dims({LoopDim::b, LoopDim::c}),
             {{"IX", LoopDim::ox, stride_x, LoopDim::fx, 1}, {"IY", LoopDim::oy, stride_y, LoopDim::fy, 1}},
             Bits{8},
             false,
             layers_[index].id}};
        note(layer,
             {wanted.channels, layer.sizes[LoopDim::ox], layer.sizes[LoopDim::oy], wanted.scale_x, wanted.scale_y},
             {index});
        return layers_.size() - 1;
    }

    /// The first columns and rows of a map, by a window as large as what is left over. \pre the map is no smaller
    std::size_t cut(std::size_t index, const Map& wanted)
    {
        const Map map = maps_[index];
        if (map.columns == wanted.columns && map.rows == wanted.rows) return index;
        if (usual_) return pooled(index, wanted);
        Layer layer = named("Conv", Operation::convolution);
        layer.sizes[LoopDim::k] = layer.sizes[LoopDim::c] = map.channels;
        layer.sizes[LoopDim::ox] = wanted.columns;
        layer.sizes[LoopDim::oy] = wanted.rows;
        layer.sizes[LoopDim::fx] = map.columns - wanted.columns + 1;
        layer.sizes[LoopDim::fy] = map.rows - wanted.rows + 1;
        layer.output.relevant = dims({LoopDim::b, LoopDim::k, LoopDim::oy, LoopDim::ox});
        layer.inputs = {
            {"W", dims({LoopDim::k, LoopDim::c, LoopDim::fx, LoopDim::fy}), {}, Bits{8}, true, std::nullopt},
            {"I",
             dims({LoopDim::b, LoopDim::c}),
             {{"IX", LoopDim::ox, 1, LoopDim::fx, 1}, {"IY", LoopDim::oy, 1, LoopDim::fy, 1}},
             Bits{8},
             false,
             layers_[index].id}};
        note(layer, {map.channels, wanted.columns, wanted.rows, map.scale_x, map.scale_y}, {index});
        return layers_.size() - 1;
    }

    /// As `cut`, by the largest feature of each window.
    std::size_t pooled(std::size_t index, const Map& wanted)
    {
        const Map map = maps_[index];
        Layer layer = named("Pooling", Operation::maximum_pooling);
        Window x{map.columns - wanted.columns + 1, 1, 1, wanted.columns};
        Window y{map.rows - wanted.rows + 1, 1, 1, wanted.rows};
        layer.sizes[LoopDim::ox] = x.outputs;
        layer.sizes[LoopDim::oy] = y.outputs;
        layer.sizes[LoopDim::fx] = x.size;
        layer.sizes[LoopDim::fy] = y.size;
        add_layer(layer, index, map, {map.channels, 1, 1}, x, y);
        return layers_.size() - 1;
    }

    void join_at_edges(std::size_t a, std::size_t b)
    {
        if (draw_.once_in(3)) return concatenate_parts(a, b);
        const Map smaller{0, std::min(maps_[a].columns, maps_[b].columns), std::min(maps_[a].rows, maps_[b].rows)};
        const std::size_t first = cut(a, smaller);
        const std::size_t second = cut(b, smaller);
        draw_.once_in(2) ? add_sum(first, second) : concatenate(first, second);
    }

    /// Channels of the one map, then those of the other; of the first map's some before and of the other's some behind may be
    /// left out.
    void concatenate(std::size_t a, std::size_t b)
    {
        const std::int64_t before = draw_.once_in(3) ? draw_.below(maps_[a].channels) : 0;
        const std::int64_t behind = draw_.once_in(3) ? draw_.below(maps_[b].channels) : 0;
        const std::int64_t from_a = maps_[a].channels - before;
        const std::int64_t from_b = maps_[b].channels - behind;
        Layer layer = named("Concat", Operation::concatenation);
        Map all = maps_[a];
        all.channels = from_a + from_b;
        layer.sizes[LoopDim::g] = all.channels;
        layer.sizes[LoopDim::ox] = all.columns;
        layer.sizes[LoopDim::oy] = all.rows;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        const DimSet pixels = dims({LoopDim::b, LoopDim::oy, LoopDim::ox});
        const SlidingAxis first{"GX", LoopDim::g, 1, LoopDim::fx, 1, -before, from_b, maps_[a].channels};
        const SlidingAxis second{"GY", LoopDim::g, 1, LoopDim::fx, 1, from_a, -behind, maps_[b].channels};
        layer.inputs = {{"X", pixels, {first}, Bits{8}, false, layers_[a].id},
                        {"Y", pixels, {second}, Bits{8}, false, layers_[b].id}};
        note(layer, all, {a, b});
    }

    /// As `concatenate`, of maps that may be up-sampled, and of which that is left out which the other does not have.
    void concatenate_parts(std::size_t a, std::size_t b)
    {
        const Map first = found(a);
        const Map second = found(b);
        const std::int64_t times_a = first.in_depth() ? 1 : upsampling();
        const std::int64_t times_b = second.in_depth() ? 1 : upsampling();
        Layer layer = named("Concat", Operation::concatenation);
        Map all{first.channels + second.channels, std::min(times_a * first.columns, times_b * second.columns),
                std::min(times_a * first.rows, times_b * second.rows), first.scale_x, first.scale_y};
        layer.sizes[LoopDim::g] = all.channels;
        layer.sizes[LoopDim::ox] = all.columns;
        layer.sizes[LoopDim::oy] = all.rows;
        layer.output.relevant = dims({LoopDim::b, LoopDim::g, LoopDim::oy, LoopDim::ox});
        const auto part_of = [&](const std::string& name, std::size_t map, const Map& from, std::int64_t times,
                                 SlidingAxis channels) {
            SlidingAxis x = part("IX" + name, LoopDim::ox, LoopDim::fx, from.columns, times, all.columns);
            SlidingAxis y = part("IY" + name, LoopDim::oy, LoopDim::fy, from.rows, times, all.rows);
            x.depth_to_space = from.depth_x;
            y.depth_to_space = from.depth_y;
            x.depth_offset = from.offset_x;
            y.depth_offset = from.offset_y;
            layer.inputs.push_back({name, dims({LoopDim::b}), {x, channels, y}, Bits{8}, false, layers_[map].id});
        };
        part_of("X", a, first, times_a, {"GX", LoopDim::g, 1, LoopDim::c, 1, 0, second.channels, first.channels});
        part_of("Y", b, second, times_b, {"GY", LoopDim::g, 1, LoopDim::c, 1, first.channels, 0, second.channels});
        note(layer, all, {a, b});
    }

    /// Some `wanted` positions of a repeated map.
    SlidingAxis part(const std::string& name, LoopDim position, LoopDim tap, std::int64_t size, std::int64_t times,
                     std::int64_t wanted)
    {
        const std::int64_t spare = times * size - wanted;
        const std::int64_t before = draw_.below(spare + 1);
        return {name, position, 1, tap, 1, -before, before - spare, size, times};
    }

    /// Maps that nobody reads are added up, so that one output is left.
    void join_what_is_left()
    {
        while (true) {
            std::vector<std::size_t> open;
            for (std::size_t i = 0; i < layers_.size(); ++i)
                if (!read_[i]) open.push_back(i);
            if (open.size() < 2) return;
            Map common = maps_[open[0]];
            common.scale_x = std::lcm(common.scale_x, maps_[open[1]].scale_x);
            common.scale_y = std::lcm(common.scale_y, maps_[open[1]].scale_y);
            const std::size_t first = adapted(open[0], common);
            const std::size_t second = adapted(open[1], common);
            padded() ? join_at_edges(first, second) : add_sum(first, second);
        }
    }

    Draw draw_;
    Edges edges_;
    bool usual_;
    Map input_;
    Bits input_precision_{8};
    std::vector<Layer> layers_;
    std::vector<Map> maps_;
    std::vector<bool> read_;
};

}  // namespace

Workload generated_network(std::uint64_t seed, Edges edges, Extent extent)
{
    return NetworkDraw{seed, edges, extent}.network();
}

}  // namespace plumbline::validate
