// SPDX-License-Identifier: Apache-2.0
#include "plumbline/dot.hpp"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphviz.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <ostream>
#include <utility>

#include "plumbline/printable.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

struct DrawnNode {
    std::string label;
    std::string shape = "box";
};

struct DrawnEdge {
    std::string label;
    bool both_ways = false;
};

using Drawing = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, DrawnNode, DrawnEdge>;

/// Within quotation marks; `\n` of a label ends a line.
std::string quoted(const std::string& text)
{
    std::string escaped = "\"";
    for (char letter : text) {
        if (letter == '\n') {
            escaped += "\\n";
            continue;
        }
        if (letter == '"' || letter == '\\') escaped += '\\';
        escaped += letter;
    }
    return escaped + '"';
}

std::string written(const Drawing& drawing, const std::string& title)
{
    const auto node = [&drawing](std::ostream& out, std::size_t id) {
        out << "[label=" << quoted(drawing[id].label) << ", shape=" << drawing[id].shape << ']';
    };
    const auto edge = [&drawing](std::ostream& out, const boost::graph_traits<Drawing>::edge_descriptor& id) {
        out << "[label=" << quoted(drawing[id].label) << (drawing[id].both_ways ? ", dir=both]" : "]");
    };
    const auto graph = [&title](std::ostream& out) {
        out << "label=" << quoted(title)
            << ";\nlabelloc=t;\nnode [fontname=\"sans-serif\"];\nedge [fontname=\"sans-serif\"];\n";
    };
    TextStream text;
    boost::write_graphviz(text, drawing, node, edge, graph);
    return text.str();
}

std::string memory_label(const Accelerator& accelerator, MemoryId id)
{
    const Memory& memory = accelerator.memory(id);
    const std::int64_t instances = accelerator.instances(id);
    TextStream label;
    label << printable(memory.name) << '\n' << size_text(memory.size);
    if (instances > 1) label << " x " << instances;
    label << '\n' << memory.read_energy.count() << " / " << memory.write_energy.count() << " pJ";
    for (const Port& port : memory.ports) label << '\n' << printable(port.name) << ' ' << port.width;
    return label.str();
}

std::string array_label(const MacArray& array)
{
    TextStream label;
    label << array.units() << " MACs";
    for (const ArrayDimension& dimension : array.dimensions)
        label << '\n' << printable(dimension.name) << ' ' << dimension.size;
    return label.str();
}

std::string layer_label(const Layer& layer)
{
    TextStream label;
    label << printable(layer.name) << '\n' << printable(layer.operator_type) << '\n' << layer.macs() << " MAC";
    return label.str();
}

std::string map_label(const Operand& operand, const LoopSizes& sizes)
{
    return std::to_string(columns(operand, sizes)) + 'x' + std::to_string(rows(operand, sizes)) + " x " +
           std::to_string(elements(operand, sizes) / (columns(operand, sizes) * rows(operand, sizes)));
}

}  // namespace

std::string to_dot(const Accelerator& accelerator)
{
    const std::size_t array = accelerator.memories().size();
    Drawing drawing(array + 1);
    for (MemoryId id = 0; id < array; ++id) drawing[id].label = memory_label(accelerator, id);
    drawing[array] = {array_label(accelerator.array()), "box3d"};
    std::map<std::pair<std::size_t, std::size_t>, DrawnEdge> edges;
    for (MemoryOperand operand : kAllMemoryOperands) {
        std::size_t below = array;
        for (MemoryId id : accelerator.levels(operand)) {
            DrawnEdge& edge = edges[{id, below}];
            edge.label += (edge.label.empty() ? "" : ", ") + std::string{name_of(operand)};
            edge.both_ways = edge.both_ways || operand == MemoryOperand::o;
            below = id;
        }
    }
    for (const auto& [ends, edge] : edges) add_edge(ends.first, ends.second, edge, drawing);
    return written(drawing, printable(accelerator.name()));
}

std::string to_dot(const Workload& workload)
{
    const std::vector<Layer>& layers = workload.layers();
    const std::vector<NetworkInput>& inputs = workload.inputs();
    Drawing drawing(layers.size() + inputs.size());
    std::map<LayerId, std::size_t> nodes;
    for (std::size_t i = 0; i < layers.size(); ++i) {
        nodes[layers[i].id] = i;
        drawing[i].label = layer_label(layers[i]);
        for (const Operand& input : layers[i].inputs)
            if (input.source)
                add_edge(nodes.at(*input.source), i, DrawnEdge{map_label(input, layers[i].sizes)}, drawing);
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Layer& reader = workload.layer(inputs[i].layer);
        drawing[layers.size() + i] = {"input", "ellipse"};
        add_edge(layers.size() + i, nodes.at(reader.id),
                 DrawnEdge{map_label(reader.inputs[inputs[i].input], reader.sizes)}, drawing);
    }
    return written(drawing, printable(workload.name()));
}

std::string size_text(Bits size)
{
    constexpr std::array<const char*, 4> kUnits{"bit", "KiB", "MiB", "GiB"};
    auto amount = static_cast<double>(size.count());
    std::size_t unit = 0;
    if (amount >= 8192) {
        amount /= 8192;
        for (unit = 1; amount >= 1024 && unit + 1 < kUnits.size(); ++unit) amount /= 1024;
    }
    TextStream text;
    text.precision(4);
    if (unit == 0)
        text << size.count();
    else
        text << amount;
    text << ' ' << kUnits[unit];
    return text.str();
}

}  // namespace plumbline
