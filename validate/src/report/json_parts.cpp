// SPDX-License-Identifier: Apache-2.0
#include "report/json_parts.hpp"

#include <cmath>

namespace plumbline::validate {
namespace {

Json stack_json(const Workload& workload, const Stack& stack)
{
    Json layers = Json::array();
    for (LayerId id : stack.layers) layers.push_back(workload.layer(id).name);
    return {{"layers", layers},
            {"mode", name_of(stack.mode)},
            {"tile", {stack.tile.x, stack.tile.y}},
            {"grid", {stack.grid.columns, stack.grid.rows}}};
}

}  // namespace

Json header(const std::string& command, const Subject& subject)
{
    const Schedule& schedule = subject.schedule;
    Json cuts = Json::array();
    Json stacks = Json::array();
    for (const Stack& stack : schedule.stacks) {
        if (&stack != &schedule.stacks.back()) cuts.push_back(stack.layers.back());
        stacks.push_back(stack_json(subject.workload, stack));
    }
    const Stack& last = schedule.stacks.back();
    return {{"schema", "plumbline/" + command + "/1"}, {"accelerator", subject.accelerator.name()},
            {"workload", subject.workload.name()},     {"mode", name_of(last.mode)},
            {"tile", {last.tile.x, last.tile.y}},      {"cuts", cuts},
            {"capacity", name_of(schedule.capacity)},  {"stacks", stacks}};
}

Json proof_json(const SearchProof& proof)
{
    return {{"mappings", proof.searches}, {"proven", proof.proven}, {"gap", proof.gap}};
}

Json finite(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

std::string letter(MemoryOperand operand)
{
    switch (operand) {
        case MemoryOperand::i1: return "I";
        case MemoryOperand::i2: return "W";
        case MemoryOperand::o: return "O";
    }
    return {};
}

Json border_json(const Accelerator& accelerator, const Border& border)
{
    return {{"memory", accelerator.memory(border.memory).name},
            {"operand", letter(border.operand)},
            {"direction", name_of(border.direction)}};
}

Json place_json(const Accelerator& accelerator, Place place, const PerDirection<Accesses>& words)
{
    Json json{{"memory", accelerator.memory(place.memory).name}, {"operand", letter(place.operand)}};
    for (Direction direction : kAllDirections) json[std::string{name_of(direction)}] = words[direction].count();
    return json;
}

Json port_json(const Accelerator& accelerator, MemoryId memory, PortId port)
{
    const Memory& description = accelerator.memory(memory);
    return {{"memory", description.name}, {"port", description.ports.at(port).name}};
}

Json phases_json(const PhaseCycles& phases)
{
    return {{"compute", phases.compute.count()},
            {"stall", phases.stall.count()},
            {"loading", phases.loading.count()},
            {"offloading", phases.offloading.count()},
            {"copy", phases.copy.count()}};
}

Json layer_name(const Workload& workload, const std::optional<LayerId>& layer)
{
    return layer ? Json(workload.layer(*layer).name) : Json(nullptr);
}

std::string printed(const Json& json) { return json.dump(2) + '\n'; }

}  // namespace plumbline::validate
