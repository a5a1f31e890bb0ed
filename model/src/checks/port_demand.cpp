// SPDX-License-Identifier: Apache-2.0
#include "checks/port_demand.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "plumbline/text_stream.hpp"

namespace plumbline::detail {
namespace {

/// Lanes along each loop dimension that one instance of a memory serves.
LoopSizes lanes_below(const Memory& memory, const ArrayUse& use)
{
    LoopSizes lanes = kUnitLoopSizes;
    for (const FittedUnrolling& each : use.unrollings) {
        const auto& served = memory.served_dimensions;
        if (std::find(served.begin(), served.end(), each.array_dimension) != served.end())
            lanes[each.loop.dim] *= whole_lanes(each.loop);
    }
    return lanes;
}

bool is_indexed_by(const Operand& operand, LoopDim dim)
{
    return operand.relevant.contains(dim) ||
           std::any_of(operand.sliding.begin(), operand.sliding.end(),
                       [dim](const SlidingAxis& axis) { return axis.position == dim || axis.window == dim; });
}

/// Iterations in which an operand does not change, if the order of loops is the best for it.
double reuse(const Operand& operand, const ArrayUse& use)
{
    double iterations = 1;
    for (LoopDim dim : kAllLoopDims)
        if (!is_indexed_by(operand, dim)) iterations *= static_cast<double>(use.temporal[dim]);
    return iterations;
}

class Demands {
public:
    Demands(const Accelerator& accelerator, const MappingRule& rule, const ArrayUse& use)
        : accelerator_{accelerator},
          rule_{rule},
          use_{use}
    {}

    void add_input(const Operand& operand)
    {
        const bool rereads = accelerator_.array().rereads_inputs;
        add(operand, Direction::read_down, rereads ? 1 : reuse(operand, use_));
    }

    void add_output(const Operand& operand)
    {
        add(operand, Direction::write_from_down, 1);
        if (reuse(operand, use_) > 1) add(operand, Direction::read_down, 1);
    }

    std::vector<PortDemand> all() const
    {
        std::vector<PortDemand> found;
        for (const auto& [place, demand] : demands_) found.push_back(demand);
        return found;
    }

private:
    void add(const Operand& operand, Direction direction, double iterations)
    {
        const MemoryOperand held = rule_.link_of(operand);
        const MemoryId id = accelerator_.levels(held).front();
        const Memory& memory = accelerator_.memory(id);
        const PortId port = *memory.service(held)->port[direction];
        const auto block = elements(operand, lanes_below(memory, use_)) * operand.precision.count();
        const double bits = static_cast<double>(block) / iterations;
        PortDemand& demand = demands_.try_emplace({id, port}, PortDemand{id, port, 0, {}}).first->second;
        demand.bits += bits;
        TextStream text;
        text << (demand.operands.empty() ? "" : ", ") << operand.name << ' ' << bits;
        demand.operands += text.str();
    }

    const Accelerator& accelerator_;
    const MappingRule& rule_;
    const ArrayUse& use_;
    std::map<std::pair<MemoryId, PortId>, PortDemand> demands_;
};

}  // namespace

std::vector<PortDemand> port_demands(const Accelerator& accelerator, const Layer& layer, const MappingRule& rule,
                                     const ArrayUse& use)
{
    Demands demands{accelerator, rule, use};
    for (const Operand& input : layer.inputs)
        if (input.precision > Bits{}) demands.add_input(input);
    demands.add_output(layer.output);
    return demands.all();
}

}  // namespace plumbline::detail
