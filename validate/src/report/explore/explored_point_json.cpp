// SPDX-License-Identifier: Apache-2.0
#include "report/explore/explored_point_json.hpp"

#include <utility>

#include "plumbline/error.hpp"
#include "plumbline/io/cuts_text.hpp"

namespace plumbline::validate {
namespace {

PhaseCycles phases_from_json(const Json& json)
{
    const auto cycles = [&](const char* phase) { return Cycles{json.at(phase).get<std::int64_t>()}; };
    return {cycles("compute"), cycles("stall"), cycles("loading"), cycles("offloading"), cycles("copy")};
}

Json place_cost_json(const Accelerator& accelerator, const PlaceCost& cost)
{
    Json json = place_json(accelerator, cost.place, cost.accesses);
    json["energy_pj"] = cost.energy.count();
    return json;
}

MemoryOperand operand_from_json(const Json& json)
{
    const auto text = json.get<std::string>();
    for (MemoryOperand operand : kAllMemoryOperands)
        if (text == letter(operand)) return operand;
    throw InputError("operand", "'" + text + "' is no operand, expected I, W or O");
}

PlaceCost place_from_json(const Accelerator& accelerator, const Json& json)
{
    const auto name = json.at("memory").get<std::string>();
    const auto memory = accelerator.memory_named(name);
    if (!memory) throw InputError("memory", "'" + name + "' is no memory of " + accelerator.name());
    PlaceCost place;
    place.place = {operand_from_json(json.at("operand")), *memory};
    for (Direction direction : kAllDirections)
        place.accesses[direction] = Accesses{json.at(std::string{name_of(direction)}).get<double>()};
    place.energy = Picojoules{json.at("energy_pj").get<double>()};
    return place;
}

void add_cost(Json& json, const Accelerator& accelerator, const CostSummary& cost)
{
    json["energy_pj"] = cost.energy().count();
    json["latency_cycles"] = cost.latency().count();
    json["latency"] = phases_json(cost.phases);
    json["macs"] = cost.macs;
    json["mac_energy_pj"] = cost.mac_energy.count();
    json["view_energy_pj"] = Json::object();
    for (CostView view : kAllCostViews) json["view_energy_pj"][std::string{name_of(view)}] = cost.energy(view).count();
    json["memories"] = Json::array();
    for (const PlaceCost& place : cost.places) json["memories"].push_back(place_cost_json(accelerator, place));
}

CostSummary cost_from_json(const Accelerator& accelerator, const Json& json)
{
    CostSummary cost;
    const Json& energies = json.at("view_energy_pj");
    for (std::size_t i = 0; i < kAllCostViews.size(); ++i)
        cost.energy_by_view[i] = Picojoules{energies.at(std::string{name_of(kAllCostViews[i])}).get<double>()};
    cost.mac_energy = Picojoules{json.at("mac_energy_pj").get<double>()};
    cost.phases = phases_from_json(json.at("latency"));
    cost.macs = json.at("macs").get<std::int64_t>();
    for (const Json& place : json.at("memories")) cost.places.push_back(place_from_json(accelerator, place));
    return cost;
}

SearchProof proof_from_json(const Json& json)
{
    return {json.at("mappings").get<std::int64_t>(), json.at("proven").get<std::int64_t>(),
            json.at("gap").get<double>()};
}

ExploredPoint result_from_json(const Accelerator& accelerator, const DesignPoint& point, const Json& json)
{
    auto cuts = json.at("cuts").get<std::vector<LayerId>>();
    const auto reason = json.find("infeasible");
    if (reason != json.end()) return {point, std::move(cuts), Infeasible{reason->get<std::string>()}};
    ExploredPoint explored{point, std::move(cuts), cost_from_json(accelerator, json)};
    if (const auto search = json.find("search"); search != json.end()) explored.search = proof_from_json(*search);
    return explored;
}

}  // namespace

std::string name_of(const DesignPoint& point)
{
    return std::string{name_of(point.mode)} + ' ' + name_of(point.tile) + ' ' + io::to_text(point.cuts);
}

Json result_json(const Accelerator& accelerator, const ExploredPoint& point)
{
    Json json{{"cuts", point.cuts}};
    if (point.cost)
        add_cost(json, accelerator, *point.cost);
    else
        json["infeasible"] = point.cost.reason();
    if (point.search) json["search"] = proof_json(*point.search);
    return json;
}

std::string to_json(const Accelerator& accelerator, const ExploredPoint& point)
{
    return result_json(accelerator, point).dump();
}

ExploredPoint explored_point_from_json(const Accelerator& accelerator, const DesignPoint& point,
                                       const std::string& json)
{
    try {
        return result_from_json(accelerator, point, Json::parse(json));
    } catch (const Json::exception&) {
        throw InputError("point", "is no explored point, expected what an exploration stores of one");
    }
}

}  // namespace plumbline::validate
