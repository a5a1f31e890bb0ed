// SPDX-License-Identifier: Apache-2.0
#include "plumbline/workload_notes.hpp"

#include "description/basics/saturating.hpp"
#include "description/map_edges.hpp"
#include "planning/geometry/tile_sizes.hpp"

namespace plumbline {
namespace {

std::string quoted(const Layer& layer) { return "layer '" + layer.name + '\''; }

std::string text_of(detail::Extent size) { return name_of(TileSize{size.x, size.y}); }

/// Of a map as windows find it: there are no zeros behind the last element of one that a transposed convolution reads.
std::int64_t positions_of(const Layer& layer, const SlidingAxis& axis)
{
    const bool zeros = layer.operation == Operation::transposed_convolution;
    return axis.upsampling * (*axis.size - 1) + (zeros ? 1 : axis.upsampling);
}

/// Where a map says how large it is, windows fit it so many times; a layer may make fewer outputs.
void add_window_notes(const Layer& layer, std::vector<std::string>& notes)
{
    for (const Operand& input : layer.inputs)
        for (const SlidingAxis& axis : input.sliding) {
            if (!axis.size) continue;
            const std::int64_t spare = positions_of(layer, axis) + axis.padding_before + axis.padding_behind -
                                       window_span(axis, layer.sizes[axis.position], layer.sizes[axis.window]);
            if (spare < axis.stride) continue;
            const std::int64_t made = layer.sizes[axis.position];
            notes.push_back(quoted(layer) + " makes " + std::to_string(made) + " of " +
                            std::to_string(made + spare / axis.stride) + ' ' +
                            (axis.position == LoopDim::ox ? "columns" : "rows") + " that its windows fit");
        }
}

/// \param computed of the layer's output
void add_size_note(const Layer& layer, detail::Extent computed, std::vector<std::string>& notes)
{
    const detail::Extent declared{columns(layer.output, layer.sizes), rows(layer.output, layer.sizes)};
    const bool other = computed.x != declared.x || computed.y != declared.y;
    if (other) notes.push_back(quoted(layer) + " is computed on " + text_of(computed) + ", not " + text_of(declared));
    add_window_notes(layer, notes);
}

std::int64_t batches(const Operand& operand, const LoopSizes& sizes)
{
    return operand.relevant.contains(LoopDim::b) ? sizes[LoopDim::b] : 1;
}

void add_source_notes(const Layer& layer, const Operand& input, const Layer& source, std::vector<std::string>& notes)
{
    const auto differ = [&](std::int64_t read, std::int64_t made, const std::string& what) {
        if (read == made) return;
        notes.push_back(quoted(layer) + " reads " + std::to_string(read) + ' ' + what + " as " + input.name + ", but " +
                        quoted(source) + " makes " + std::to_string(made));
    };
    const std::int64_t read = batches(input, layer.sizes);
    const std::int64_t made = batches(source.output, source.sizes);
    differ(read, made, "batches");
    differ(detail::channels(input, layer.sizes) / read, detail::channels(source.output, source.sizes) / made,
           "channels");
    differ(input.precision.count(), source.final_precision.count(), "bits per feature");
}

}  // namespace

std::vector<std::string> size_notes(const Workload& workload)
{
    const MappingRules any{{MappingRule{"default", {}, {}}}};  // sizes depend on no rule
    const detail::StackGraph network = detail::make_network_graph(workload, any);
    const std::vector<detail::MapPart> parts = detail::map_parts(network);
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (network.nodes[i].layer != nullptr) add_size_note(*network.nodes[i].layer, parts[i].size(), notes);
    return notes;
}

std::vector<std::string> product_notes(const Workload& workload)
{
    std::vector<std::string> notes;
    for (const Layer& layer : workload.layers()) {
        if (layer.operation != Operation::transposed_convolution) continue;
        std::int64_t times = 1;
        for (const Operand& input : layer.inputs)
            for (const SlidingAxis& axis : input.sliding) times = saturating_product(times, axis.upsampling);
        if (times == 1) continue;
        notes.push_back(quoted(layer) + " makes " + std::to_string(times) +
                        " times the products of hardware that leaves out the zeros between the elements of its map");
    }
    return notes;
}

std::vector<std::string> source_notes(const Workload& workload)
{
    std::vector<std::string> notes;
    for (const Layer& layer : workload.layers())
        for (const Operand& input : layer.inputs)
            if (input.source) add_source_notes(layer, input, workload.layer(*input.source), notes);
    return notes;
}

}  // namespace plumbline
