// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "checks/array_use.hpp"
#include "checks/port_demand.hpp"
#include "checks/uneven_loops.hpp"
#include "description/accelerator_check.hpp"
#include "description/mapping_links.hpp"
#include "mapper/shortage.hpp"
#include "plumbline/check.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

constexpr double kMostlyIdle = 0.5;    // of a layer
constexpr double kRarelyBusy = 0.25;   // of a network
constexpr std::size_t kMostNamed = 4;  // layers in one sentence

std::string rounded(double value, int decimals)
{
    TextStream text;
    text.setf(std::ios::fixed);
    text.precision(decimals);
    text << value;
    return text.str();
}

std::string percentage(double fraction) { return rounded(100 * fraction, 1) + " %"; }

/// "layer 'a'", "layers 'a', 'b' and 5 more".
std::string text_of(const std::vector<const Layer*>& layers)
{
    std::string text = layers.size() == 1 ? "layer " : "layers ";
    for (std::size_t i = 0; i < std::min(layers.size(), kMostNamed); ++i)
        text += (i == 0 ? "'" : ", '") + layers[i]->name + '\'';
    if (layers.size() > kMostNamed) text += " and " + std::to_string(layers.size() - kMostNamed) + " more";
    return text;
}

class LayersCheck {
public:
    LayersCheck(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules)
        : accelerator_{accelerator},
          workload_{workload},
          rules_{rules}
    {}

    std::vector<Finding> run()
    {
        for (const Layer& layer : workload_.layers()) check(layer);
        add_narrow_ports();
        add_idle_layers();
        add_off_chip();
        return std::move(found_);
    }

private:
    /// Layers that use the array alike.
    struct IdleLayers {
        double utilisation = 0;
        std::int64_t cycles = 0;
        std::vector<const Layer*> layers;
    };
    /// The layer that asks most of a port.
    struct NarrowPort {
        detail::PortDemand demand;
        const Layer* layer = nullptr;
        std::size_t layers = 0;
    };

    std::string field_of_layer(const Layer& layer) const
    {
        return "layers[" + std::to_string(&layer - workload_.layers().data()) + ']';
    }

    void add(Severity severity, DescriptionKind kind, std::string field, std::string text)
    {
        found_.push_back({severity, kind, {{}, 0, std::move(field)}, std::move(text)});
    }

    void check(const Layer& layer)
    {
        const MappingRule& rule = rules_.rule_for(layer);
        try {
            detail::check_links(rule, layer);
        } catch (const InputError& error) {
            const std::string field = "rules[" + std::to_string(&rule - rules_.rules().data()) + ']';
            add(Severity::error, DescriptionKind::mapping, field + ".memory_operand_links", error.problem());
            complete_ = false;
            return;
        }
        check_space(layer, rule);
        const detail::ArrayUse use = detail::array_use(layer, rule, accelerator_.array());
        cycles_ += use.cycles;
        macs_ += layer.macs();
        note_use(layer, use);
        note_demands(layer, rule, use);
        add_uneven_loops(layer, rule, use);
    }

    /// On a tile of one pixel, which is the least.
    void check_space(const Layer& layer, const MappingRule& rule)
    {
        MappingProblem problem;
        problem.accelerator = &accelerator_;
        problem.layer = &layer;
        problem.rule = &rule;
        problem.sizes = layer.sizes;
        problem.sizes[LoopDim::ox] = problem.sizes[LoopDim::oy] = problem.sizes[LoopDim::b] = 1;
        problem.capacity = CapacityPolicy::reserved;
        problem.levels.push_back(accelerator_.levels(rule.link_of(layer.output)));
        for (const Operand& input : layer.inputs) problem.levels.push_back(accelerator_.levels(rule.link_of(input)));
        const auto shortage = detail::innermost_shortage(problem);
        if (!shortage) return;
        if (!short_.insert(shortage->memory).second) return;
        add(Severity::error, DescriptionKind::accelerator,
            field_of(accelerator_.memories(), shortage->memory) + ".size",
            "layer '" + layer.name + "' does not fit, whatever its tile: " + text_of(*shortage, accelerator_));
    }

    void note_use(const Layer& layer, const detail::ArrayUse& use)
    {
        if (use.utilisation >= kMostlyIdle) return;
        const auto same = [&](const IdleLayers& each) {
            return std::abs(each.utilisation - use.utilisation) < 0.0005;  // equal when printed
        };
        auto group = std::find_if(idle_.begin(), idle_.end(), same);
        if (group == idle_.end()) group = idle_.insert(idle_.end(), {use.utilisation, 0, {}});
        group->cycles += use.cycles;
        group->layers.push_back(&layer);
    }

    void note_demands(const Layer& layer, const MappingRule& rule, const detail::ArrayUse& use)
    {
        for (const detail::PortDemand& demand : detail::port_demands(accelerator_, layer, rule, use)) {
            const Port& port = accelerator_.memory(demand.memory).ports[demand.port];
            if (demand.bits <= static_cast<double>(port.width.count())) continue;
            NarrowPort& narrow = narrow_[{demand.memory, demand.port}];
            ++narrow.layers;
            if (narrow.layer != nullptr && narrow.demand.bits >= demand.bits) continue;
            narrow.demand = demand;
            narrow.layer = &layer;
        }
    }

    /// Of a rule for many layers, the first one speaks for all. What a tile has of a dimension may divide.
    void add_uneven_loops(const Layer& layer, const MappingRule& rule, const detail::ArrayUse& use)
    {
        const std::string field = "rules[" + std::to_string(&rule - rules_.rules().data()) + "].temporal_ordering[";
        for (const detail::UnevenLoop& loop : detail::uneven_loops(rule, use.temporal)) {
            if (!uneven_.insert({&rule, loop.place}).second) continue;
            const std::int64_t runs = divide_up(loop.iterations, loop.size);
            const std::int64_t beyond = runs * loop.size - loop.iterations;
            add(Severity::suspicious, DescriptionKind::mapping, field + std::to_string(loop.place) + ']',
                "does not divide the " + std::to_string(loop.iterations) + " iterations over " +
                    std::string{name_of(loop.dim)} + " in layer '" + layer.name + "': it runs " + std::to_string(runs) +
                    " times, and " +
                    percentage(static_cast<double>(beyond) / static_cast<double>(loop.iterations + beyond)) +
                    " of its iterations have nothing to do");
        }
    }

    void add_narrow_ports()
    {
        for (const auto& [place, narrow] : narrow_) {
            const Memory& memory = accelerator_.memory(place.first);
            const Port& port = memory.ports[place.second];
            const double offered = static_cast<double>(port.width.count());
            const std::string more =
                narrow.layers > 1 ? " (and " + std::to_string(narrow.layers - 1) + " more)" : std::string{};
            add(Severity::suspicious, DescriptionKind::accelerator,
                field_of(accelerator_.memories(), place.first) + ".ports[" + std::to_string(place.second) +
                    "].bandwidth_max",
                port.name + " offers " + std::to_string(port.width.count()) + " bit per cycle, but the array needs " +
                    rounded(narrow.demand.bits, 0) + " (" + narrow.demand.operands + ") in layer '" +
                    narrow.layer->name + '\'' + more + " of " + workload_.name() + ": it waits " +
                    percentage(1 - offered / narrow.demand.bits) + " of the time");
        }
    }

    void add_idle_layers()
    {
        for (const IdleLayers& idle : idle_) {
            const double share = static_cast<double>(idle.cycles) / static_cast<double>(cycles_);
            add(Severity::remark, DescriptionKind::workload, field_of_layer(*idle.layers.front()),
                text_of(idle.layers) + (idle.layers.size() == 1 ? " leaves " : " leave ") +
                    percentage(1 - idle.utilisation) + " of the array of " + accelerator_.name() + " idle, for " +
                    percentage(share) + " of the network's cycles");
        }
        if (cycles_ == 0) return;
        const double whole = static_cast<double>(macs_) / static_cast<double>(cycles_) /
                             static_cast<double>(accelerator_.array().units());
        if (whole >= kRarelyBusy) return;
        add(Severity::suspicious, DescriptionKind::mapping, "rules[0]",
            workload_.name() + " keeps " + percentage(whole) + " of the array of " + accelerator_.name() +
                " busy, at most: the unrolling of these rules does not suit it");
    }

    /// Weights, inputs and outputs cross the off-chip port once, whatever the schedule.
    void add_off_chip()
    {
        if (!complete_ || cycles_ == 0) return;
        std::map<PortId, double> bits;
        const MemoryId top = accelerator_.top();
        const auto cross = [&](const Layer& layer, const Operand& operand, Direction direction, Bits precision) {
            const MemoryOperand held = rules_.rule_for(layer).link_of(operand);
            const PortId port = *accelerator_.memory(top).service(held)->port[direction];
            bits[port] += static_cast<double>(elements(operand, layer.sizes)) * static_cast<double>(precision.count());
        };
        for (const Layer& layer : workload_.layers())
            for (const Operand& input : layer.inputs)
                if (!input.source) cross(layer, input, Direction::read_down, input.precision);
        for (LayerId id : workload_.outputs()) {
            const Layer& layer = workload_.layer(id);
            cross(layer, layer.output, Direction::write_from_down, layer.final_precision);
        }
        for (const auto& [port, moved] : bits) add_off_chip_port(port, moved);
    }

    void add_off_chip_port(PortId id, double bits)
    {
        const Port& port = accelerator_.memory(accelerator_.top()).ports[id];
        const double needed = bits / static_cast<double>(cycles_);
        const double offered = static_cast<double>(port.width.count());
        if (needed <= offered) return;
        add(Severity::suspicious, DescriptionKind::accelerator,
            field_of(accelerator_.memories(), accelerator_.top()) + ".ports[" + std::to_string(id) + "].bandwidth_max",
            port.name + " offers " + std::to_string(port.width.count()) +
                " bit per cycle, but weights, inputs and outputs of " + workload_.name() + " need " +
                rounded(needed, 1) + " on average if the array never waits: off-chip memory decides how long it takes");
    }

    const Accelerator& accelerator_;
    const Workload& workload_;
    const MappingRules& rules_;
    std::vector<Finding> found_;
    std::vector<IdleLayers> idle_;
    std::map<std::pair<MemoryId, PortId>, NarrowPort> narrow_;
    std::set<std::pair<const MappingRule*, std::size_t>> uneven_;  // a rule and the place of a loop
    std::set<MemoryId> short_;                                     // a memory that is too small is so for many layers
    std::int64_t cycles_ = 0;
    std::int64_t macs_ = 0;
    bool complete_ = true;
};

}  // namespace

std::vector<Finding> check_layers(const Accelerator& accelerator, const Workload& workload, const MappingRules& rules)
{
    return LayersCheck{accelerator, workload, rules}.run();
}

}  // namespace plumbline
