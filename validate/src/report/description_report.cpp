// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/description_report.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "plumbline/dot.hpp"
#include "plumbline/printable.hpp"
#include "plumbline/text_stream.hpp"
#include "plumbline/validate/table.hpp"
#include "report/text_parts.hpp"

namespace plumbline::validate {
namespace {

/// Of the levels of an operand: which memory stands below which.
struct BelowEdge {
    MemoryId above = 0;
    MemoryId below = 0;
    std::vector<std::string> operands;
};

std::vector<BelowEdge> edges_of(const Accelerator& accelerator)
{
    std::vector<BelowEdge> edges;
    for (MemoryOperand operand : kAllMemoryOperands) {
        const auto& levels = accelerator.levels(operand);
        for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
            const auto same = [&](const BelowEdge& each) {
                return each.above == levels[i + 1] && each.below == levels[i];
            };
            auto edge = std::find_if(edges.begin(), edges.end(), same);
            if (edge == edges.end()) edge = edges.insert(edges.end(), {levels[i + 1], levels[i], {}});
            edge->operands.emplace_back(name_of(operand));
        }
    }
    return edges;
}

std::string held_by(const Memory& memory)
{
    std::vector<std::string> operands;
    for (const MemoryService& service : memory.services) operands.emplace_back(name_of(service.operand));
    return joined(operands);
}

std::string served_by(const Memory& memory, const MacArray& array)
{
    std::vector<std::string> names;
    for (std::size_t dimension : memory.served_dimensions) names.push_back(array.dimensions[dimension].name);
    return names.empty() ? "one MAC" : joined(names);
}

class MemoryTree {
public:
    explicit MemoryTree(const Accelerator& accelerator)
        : accelerator_{accelerator},
          edges_{edges_of(accelerator)},
          table_{{"memory", Align::left}, {"holds", Align::left},     {"size of one", Align::right},
                 {"instances"},           {"read [pJ/word]"},         {"write [pJ/word]"},
                 {"latency [cycles]"},    {"one serves", Align::left}}
    {}

    Table run()
    {
        add(accelerator_.top(), {}, {});
        return std::move(table_);
    }

private:
    /// \param lines before what stands below it
    void add(MemoryId id, const std::string& name_lines, const std::string& lines)
    {
        const Memory& memory = accelerator_.memory(id);
        const bool again = std::find(shown_.begin(), shown_.end(), id) != shown_.end();
        if (again) {
            table_.add({name_lines + memory.name + " (as above)", held_by(memory), "", "", "", "", "", ""});
            return;
        }
        shown_.push_back(id);
        table_.add({name_lines + memory.name, held_by(memory), size_text(memory.size),
                    grouped(accelerator_.instances(id)), shortest_text(memory.read_energy.count()),
                    shortest_text(memory.write_energy.count()), grouped(memory.latency.count()),
                    served_by(memory, accelerator_.array())});
        std::vector<MemoryId> below;
        for (const BelowEdge& edge : edges_)
            if (edge.above == id) below.push_back(edge.below);
        for (std::size_t i = 0; i < below.size(); ++i) {
            const bool last = i + 1 == below.size();
            add(below[i], lines + (last ? "└ " : "├ "), lines + (last ? "  " : "│ "));
        }
    }

    const Accelerator& accelerator_;
    std::vector<BelowEdge> edges_;
    Table table_;
    std::vector<MemoryId> shown_;
};

const char* type_name(PortType type)
{
    switch (type) {
        case PortType::read: return "read";
        case PortType::write: return "write";
        case PortType::read_write: break;
    }
    return "read or write";
}

/// "I1 read_down, O read_down".
std::string carried_by(const Memory& memory, PortId port)
{
    std::vector<std::string> parts;
    for (const MemoryService& service : memory.services)
        for (Direction direction : kAllDirections)
            if (service.port[direction] == port)
                parts.push_back(std::string{name_of(service.operand)} + ' ' + std::string{name_of(direction)});
    return joined(parts);
}

Table ports_of(const Accelerator& accelerator)
{
    Table table{{"memory", Align::left}, {"port", Align::left}, {"type", Align::left},
                {"width [bit/cycle]"},   {"least [bit]"},       {"carries", Align::left}};
    for (auto memory = accelerator.memories().rbegin(); memory != accelerator.memories().rend(); ++memory)
        for (PortId port = 0; port < memory->ports.size(); ++port) {
            const Port& each = memory->ports[port];
            table.add({memory->name, each.name, type_name(each.type), grouped(each.width.count()),
                       grouped(each.granule.count()), carried_by(*memory, port)});
        }
    return table;
}

/// "K 56, OY 550, OX 970".
std::string sizes_of(const Layer& layer)
{
    std::vector<std::string> parts;
    for (LoopDim dim : kAllLoopDims)
        if (layer.sizes[dim] > 1) parts.push_back(std::string{name_of(dim)} + ' ' + std::to_string(layer.sizes[dim]));
    return parts.empty() ? "1" : joined(parts);
}

std::string sources_of(const Layer& layer, const Workload& workload)
{
    std::vector<std::string> parts;
    for (const Operand& input : layer.inputs)
        if (!input.constant) parts.push_back(input.source ? workload.layer(*input.source).name : "input");
    return joined(parts);
}

Bits weight_bits(const Layer& layer)
{
    const Operand* weights = weights_of(layer);
    return weights == nullptr ? Bits{} : weights->precision * elements(*weights, layer.sizes);
}

}  // namespace

std::string description_text(const Accelerator& accelerator)
{
    const MacArray& array = accelerator.array();
    std::vector<std::string> dimensions;
    for (const ArrayDimension& each : array.dimensions)
        dimensions.push_back(each.name + ' ' + std::to_string(each.size));
    TextStream out;
    out << printable(accelerator.name()) << ": " << counted(static_cast<std::size_t>(array.units()), "MAC") << " ("
        << printable(joined(dimensions)) << "), " << shortest_text(array.mac_energy.count())
        << " pJ each; an input that does not change " << (array.rereads_inputs ? "is read again" : "stays at the MACs")
        << "\n\n";
    out << MemoryTree{accelerator}.run() << '\n' << ports_of(accelerator);
    return out.str();
}

std::string description_text(const Workload& workload)
{
    Table table{{"layer", Align::left}, {"type", Align::left}, {"reads", Align::left}, {"sizes", Align::left}, {"MACs"},
                {"weights [bit]"}};
    std::int64_t macs = 0;
    Bits weights{};
    for (const Layer& layer : workload.layers()) {
        macs += layer.macs();
        weights += weight_bits(layer);
        table.add({layer.name, layer.operator_type, sources_of(layer, workload), sizes_of(layer), grouped(layer.macs()),
                   grouped(weight_bits(layer).count())});
    }
    TextStream out;
    out << printable(workload.name()) << ": " << counted(workload.layers().size(), "layer") << ", " << grouped(macs)
        << " MACs, " << size_text(weights) << " of weights\n\n"
        << table;
    return out.str();
}

}  // namespace plumbline::validate
