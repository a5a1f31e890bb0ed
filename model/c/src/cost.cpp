// SPDX-License-Identifier: Apache-2.0
#include "plumbline/cost.hpp"

#include <utility>

#include "call.hpp"
#include "plumbline/schedule_cost.hpp"

namespace c = plumbline::c;
using plumbline::PlaceCost;
using plumbline::ScheduleCost;
using Part = plumbline_cost::Part;

namespace {

std::string name_of(const plumbline::Workload& workload, std::optional<plumbline::LayerId> layer)
{
    return layer ? workload.layer(*layer).name : std::string{};
}

std::vector<Part> parts_of(const plumbline_schedule& schedule, const ScheduleCost& cost)
{
    const plumbline::Workload& workload = *schedule.workload;
    const auto summary_of = [&](const ScheduleCost& some) { return summarise(*schedule.accelerator, workload, some); };
    std::vector<Part> parts{{PLUMBLINE_TOTAL, workload.name(), summary_of(cost)}};
    for (const auto& layer : cost.layers)
        parts.push_back({PLUMBLINE_LAYER, layer.name, summary_of(ScheduleCost{{layer}, {}})});
    for (const auto& copy : cost.copies)
        parts.push_back({PLUMBLINE_COPY, name_of(workload, copy.before_layer), summary_of(ScheduleCost{{}, {copy}})});
    return parts;
}

/// Null where there is none.
const Part* part_at(const plumbline_cost* cost, size_t part)
{
    return cost == nullptr || part >= cost->parts.size() ? nullptr : &cost->parts[part];
}

/// Null where there is none.
const PlaceCost* row_at(const plumbline_cost* cost, size_t part, size_t row)
{
    const Part* found = part_at(cost, part);
    return found == nullptr || row >= found->summary.places.size() ? nullptr : &found->summary.places[row];
}

const char* text_of(plumbline::MemoryOperand operand)
{
    switch (operand) {
        case plumbline::MemoryOperand::i1: return "I1";
        case plumbline::MemoryOperand::i2: return "I2";
        case plumbline::MemoryOperand::o: break;
    }
    return "O";
}

plumbline::Cycles cycles_of(const plumbline::PhaseCycles& cycles, plumbline_phase phase)
{
    switch (phase) {
        case PLUMBLINE_COMPUTE: return cycles.compute;
        case PLUMBLINE_STALL: return cycles.stall;
        case PLUMBLINE_LOADING: return cycles.loading;
        case PLUMBLINE_OFFLOADING: return cycles.offloading;
        case PLUMBLINE_COPYING: return cycles.copy;
    }
    return {};
}

}  // namespace

plumbline_status plumbline_predict(plumbline_session* session, const plumbline_schedule* schedule,
                                   const char* estimator, plumbline_cost** cost)
{
    return c::create(session, cost, [&] {
        const plumbline_schedule& planned = c::given(schedule, "schedule");
        const plumbline::Estimator formulas = c::given_estimator(estimator);
        return plumbline_cost{
            planned.accelerator,
            parts_of(planned, plumbline::predict(*planned.accelerator, *planned.workload, planned.value, formulas))};
    });
}

void plumbline_cost_destroy(plumbline_cost* cost) { delete cost; }

size_t plumbline_cost_part_count(const plumbline_cost* cost) { return cost == nullptr ? 0 : cost->parts.size(); }

plumbline_part plumbline_cost_part_kind(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? PLUMBLINE_TOTAL : found->kind;
}

const char* plumbline_cost_part_name(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? nullptr : found->name.c_str();
}

double plumbline_cost_energy(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : found->summary.energy().count();
}

double plumbline_cost_mac_energy(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : found->summary.mac_energy.count();
}

int64_t plumbline_cost_macs(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : found->summary.macs;
}

int64_t plumbline_cost_latency(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : found->summary.latency().count();
}

int64_t plumbline_cost_phase(const plumbline_cost* cost, size_t part, plumbline_phase phase)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : cycles_of(found->summary.phases, phase).count();
}

size_t plumbline_cost_traffic_count(const plumbline_cost* cost, size_t part)
{
    const Part* found = part_at(cost, part);
    return found == nullptr ? 0 : found->summary.places.size();
}

size_t plumbline_cost_traffic_memory(const plumbline_cost* cost, size_t part, size_t row)
{
    const PlaceCost* found = row_at(cost, part, row);
    return found == nullptr ? 0 : found->place.memory;
}

const char* plumbline_cost_traffic_memory_name(const plumbline_cost* cost, size_t part, size_t row)
{
    const PlaceCost* found = row_at(cost, part, row);
    return found == nullptr ? nullptr : cost->accelerator->memory(found->place.memory).name.c_str();
}

const char* plumbline_cost_traffic_operand(const plumbline_cost* cost, size_t part, size_t row)
{
    const PlaceCost* found = row_at(cost, part, row);
    return found == nullptr ? nullptr : text_of(found->place.operand);
}

double plumbline_cost_traffic_accesses(const plumbline_cost* cost, size_t part, size_t row,
                                       plumbline_direction direction)
{
    const PlaceCost* found = row_at(cost, part, row);
    if (found == nullptr || direction < PLUMBLINE_READ_DOWN || direction > PLUMBLINE_WRITE_FROM_UP) return 0;
    return found->accesses[static_cast<plumbline::Direction>(direction)].count();
}

double plumbline_cost_traffic_energy(const plumbline_cost* cost, size_t part, size_t row)
{
    const PlaceCost* found = row_at(cost, part, row);
    return found == nullptr ? 0 : found->energy.count();
}
