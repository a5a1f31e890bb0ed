// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/quantities.hpp"

#include <algorithm>
#include <set>

namespace plumbline::validate {
namespace {

constexpr const char* kTotal = "total";
constexpr const char* kEnergy = "energy";
const std::string kWords = "words of ";

bool computes(const StepEntry& step) { return step.activity.kind == sim::Activity::Kind::compute; }

/// Whether each layer is there, with its phases.
bool has_phases(const RunRecord& record, const Workload& workload)
{
    std::set<LayerId> layers;
    for (const StepEntry& step : record.steps) {
        if (!computes(step)) continue;
        if (!step.phased || !step.activity.layer) return false;
        layers.insert(*step.activity.layer);
    }
    return layers.size() == workload.layers().size();
}

void add_phases(Quantities& quantities, const RunRecord& record)
{
    for (const StepEntry& step : record.steps) {
        if (!computes(step)) {
            quantities["copying"] += static_cast<double>(step.cycles.count());
            continue;
        }
        quantities["loading"] += static_cast<double>(step.loading.count());
        quantities["computing"] += static_cast<double>(step.computing().count());
        quantities["offloading"] += static_cast<double>(step.offloading.count());
    }
}

}  // namespace

QuantityKind kind_of(const std::string& quantity)
{
    if (quantity == kEnergy) return QuantityKind::energy;
    return quantity.compare(0, kWords.size(), kWords) == 0 ? QuantityKind::words : QuantityKind::cycles;
}

Quantities quantities_of(const RunRecord& record, const Accelerator& accelerator, const Workload& workload)
{
    Quantities quantities;
    if (record.cycles) quantities[kTotal] = static_cast<double>(record.cycles->count());
    if (record.energy) quantities[kEnergy] = record.energy->count();
    if (has_phases(record, workload)) add_phases(quantities, record);
    if (!record.complete) return quantities;
    for (const AccessEntry& each : record.accesses)
        quantities[kWords + accelerator.memory(each.memory).name] += each.words.count();
    return quantities;
}

std::vector<Observation> observations_of(const std::string& schedule, const std::string& stratum,
                                         const Quantities& quantities)
{
    const auto total = quantities.find(kTotal);
    std::vector<Observation> rows;
    for (const auto& [name, amount] : quantities) {
        if (amount <= 0) continue;
        const bool phase = kind_of(name) == QuantityKind::cycles && name != kTotal && total != quantities.end();
        rows.push_back({schedule, name, stratum, amount, phase ? amount / total->second : 1});
    }
    return rows;
}

}  // namespace plumbline::validate
