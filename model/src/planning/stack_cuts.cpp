// SPDX-License-Identifier: Apache-2.0
#include "planning/stack_cuts.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "planning/geometry/stack_graph.hpp"
#include "planning/memory/footprint.hpp"
#include "plumbline/error.hpp"

namespace plumbline {
namespace {

using detail::NodeId;
using detail::StackGraph;

/// Layers that branches tie together: only after the last of them does a single map cross.
using Unit = std::vector<LayerId>;

std::vector<Unit> units_of(const StackGraph& graph)
{
    std::vector<Unit> units(1);
    std::ptrdiff_t open = 0;  // maps alive between a node and the next
    for (const detail::StackNode& node : graph.nodes) {
        std::vector<NodeId> sources;
        for (const auto& edge : node.inputs)
            if (std::find(sources.begin(), sources.end(), edge.source) == sources.end()) sources.push_back(edge.source);
        if (node.layer != nullptr) {
            open -= static_cast<std::ptrdiff_t>(sources.size()) - 1;
            units.back().push_back(node.layer->id);
            if (open == 1) units.emplace_back();
            --open;
        }
        open += static_cast<std::ptrdiff_t>(node.consumers.size());
    }
    if (units.back().empty()) units.pop_back();
    return units;
}

Bits weight_bits(const Workload& workload, const Unit& unit)
{
    Bits total{};
    for (LayerId id : unit) total += detail::weight_bits(workload.layer(id));
    return total;
}

/// The highest weight memory but one: the highest on chip. One instance of it counts.
Bits on_chip_weights(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules)
{
    for (const Layer& layer : workload.layers())
        for (const Operand& input : layer.inputs)
            if (input.constant) {
                const auto& levels = accelerator.levels(rules.rule_for(layer).link_of(input));
                return levels.size() < 2 ? Bits{} : accelerator.memory(levels[levels.size() - 2]).size;
            }
    return accelerator.memory(accelerator.top()).size;
}

constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

/// Per layer, in topological order, the place of the last layer that reads its output; kNever where nobody does.
std::vector<std::size_t> last_readers(const Workload& workload)
{
    std::map<LayerId, std::size_t> place;
    std::vector<std::size_t> last;
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs)
            if (input.source) last[place.at(*input.source)] = last.size();
        place[layer.id] = last.size();
        last.push_back(kNever);
    }
    return last;
}

/// For networks of several outputs: from each layer on, the most layers whose weights fit and that leave a single map.
std::vector<LayerId> cuts_between_outputs(const Workload& workload, Bits capacity)
{
    const std::vector<LayerId> layers = detail::layer_ids(workload);
    const std::vector<std::size_t> last = last_readers(workload);
    std::vector<LayerId> cuts;
    for (std::size_t begin = 0, end = 0; begin < layers.size(); begin = end) {
        end = begin + 1;
        Bits weights{};
        for (std::size_t i = begin; i < layers.size(); ++i) {
            weights += detail::weight_bits(workload.layer(layers[i]));
            const bool leaves_before = i > begin && last[i - 1] == kNever;  // and nothing beside it can
            if (weights > capacity || leaves_before) break;
            const auto leaving = std::count_if(last.begin() + static_cast<std::ptrdiff_t>(begin),
                                               last.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                               [i](std::size_t reader) { return reader > i; });
            if (leaving == 1) end = i + 1;
        }
        cuts.push_back(layers[end - 1]);
    }
    return cuts;
}

/// Fuses units while their weights fit on chip together; a unit that does not fit alone is broken into single layers.
std::vector<LayerId> automatic_cuts(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules)
{
    const Bits capacity = on_chip_weights(accelerator, workload, rules);
    std::vector<LayerId> cuts;
    Bits held{};
    const Unit* previous = nullptr;
    if (workload.outputs().size() > 1) return cuts_between_outputs(workload, capacity);
    const auto units = units_of(detail::make_network_graph(workload, rules));
    for (const Unit& unit : units) {
        const Bits weights = weight_bits(workload, unit);
        const bool alone = weights > capacity;
        const bool overflows = alone || held + weights > capacity;
        if (overflows && previous != nullptr && (cuts.empty() || cuts.back() != previous->back()))
            cuts.push_back(previous->back());
        if (alone) cuts.insert(cuts.end(), unit.begin(), unit.end());
        held = alone ? Bits{} : (overflows ? weights : held + weights);
        previous = &unit;
    }
    return cuts;
}

std::vector<LayerId> given_cuts(const Workload& workload, const std::vector<LayerId>& after)
{
    for (LayerId id : after)
        if (workload.find(id) == nullptr) throw InputError("cuts", "the workload has no layer " + std::to_string(id));
    const std::set<LayerId> wanted{after.begin(), after.end()};
    std::vector<LayerId> cuts;
    for (LayerId id : detail::layer_ids(workload))
        if (wanted.count(id) > 0) cuts.push_back(id);
    return cuts;
}

}  // namespace

std::vector<LayerId> detail::layer_ids(const Workload& workload)
{
    std::vector<LayerId> ids;
    for (const Layer& layer : workload.layers()) ids.push_back(layer.id);
    return ids;
}

std::vector<std::vector<LayerId>> detail::split_after(const std::vector<LayerId>& layers,
                                                      const std::vector<LayerId>& cuts)
{
    const std::set<LayerId> last{cuts.begin(), cuts.end()};
    std::vector<std::vector<LayerId>> stacks(1);
    for (LayerId id : layers) {
        stacks.back().push_back(id);
        if (last.count(id) > 0) stacks.emplace_back();
    }
    if (stacks.back().empty()) stacks.pop_back();
    return stacks;
}

std::vector<detail::StackMap> detail::stack_maps(const Workload& workload, const MappingRules& rules,
                                                 const std::vector<std::vector<LayerId>>& stacks)
{
    const StackGraph network = make_network_graph(workload, rules);
    const std::vector<MapPart> parts = map_parts(network);
    std::map<LayerId, NodeId> nodes;
    for (NodeId node = 0; node < network.nodes.size(); ++node)
        if (network.nodes[node].layer != nullptr) nodes[network.nodes[node].layer->id] = node;
    const NetworkPlaces places{workload};
    std::vector<StackMap> maps;
    for (const auto& layers : stacks) {
        const StackGraph stack = make_stack_graph(workload, rules, layers, places);
        const MapPart& part = parts[nodes.at(stack.nodes[stack.output].layer->id)];
        maps.push_back({{part.size().x, part.size().y}, {part.columns.begin, part.rows.begin}});
    }
    return maps;
}

std::vector<LayerId> cuts_of(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules,
                             const Cuts& cuts)
{
    std::vector<LayerId> after;
    switch (cuts.kind) {
        case Cuts::Kind::none: break;
        case Cuts::Kind::automatic: after = automatic_cuts(accelerator, workload, rules); break;
        case Cuts::Kind::each: after = detail::layer_ids(workload); break;
        case Cuts::Kind::given: after = given_cuts(workload, cuts.after); break;
    }
    if (!after.empty() && after.back() == workload.layers().back().id) after.pop_back();
    return after;
}

}  // namespace plumbline
