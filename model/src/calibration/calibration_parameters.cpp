// SPDX-License-Identifier: Apache-2.0
#include "plumbline/calibration_parameters.hpp"

#include <algorithm>
#include <utility>

#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

constexpr double kMostLatency = 100000;
constexpr double kLeastSpeed = 1e-6;  // of a port: with less, cycles outgrow their type
constexpr double kMostDispatch = 10000000;

constexpr std::array<ParameterFacts, kAllCalibrationParameters.size()> kFacts{{
    {"bandwidth", "", "fraction of a port's width that it moves per cycle", 1, kLeastSpeed, 1, false, 0.01, 0.01},
    {"access_latency", "cycles", "wait before the first word of each transfer", 0, 0, kMostLatency, false, 0, 1},
    {"burst_overhead", "cycles", "lost in each burst of a transfer", 0, 0, kMostLatency, false, 0, 1},
    {"energy_scale", "", "factor on the energy of each access", 1, 0, 1000, true, 0.001, 0.001},
    {"efficiency", "", "fraction of the top memory's width that it moves per cycle", 1, kLeastSpeed, 1, false, 0.01,
     0.01},
    {"refresh_share", "", "fraction of the time in which the top memory serves nobody", 0, 0, 0.3, false, 0, 0.01},
    {"dispatch", "cycles", "wait before each step of the schedule", 0, 0, kMostDispatch, false, 0, 1},
}};

/// The same member of a profile that is read and of one that is written.
template <class Memory>
auto& member_of(Memory& memory, CalibrationParameter parameter)
{
    switch (parameter) {
        case CalibrationParameter::access_latency: return memory.access_latency;
        case CalibrationParameter::burst_overhead: return memory.burst_overhead;
        case CalibrationParameter::energy_scale: return memory.energy_scale;
        default: return memory.bandwidth;
    }
}

MemoryCalibration& entry_of(std::vector<MemoryCalibration>& memories, const std::string& name)
{
    const auto found = std::find_if(memories.begin(), memories.end(),
                                    [&](const MemoryCalibration& each) { return each.memory == name; });
    if (found != memories.end()) return *found;
    memories.emplace_back();
    memories.back().memory = name;
    return memories.back();
}

}  // namespace

bool ParameterFacts::allows(double value) const { return value >= least && value <= most && !(positive && value == 0); }

std::string ParameterFacts::range() const
{
    TextStream text;
    text << (unit.empty() ? "a number" : unit) << (positive ? " above " : " from ") << least
         << (positive ? " and up to " : " to ") << most;
    return text.str();
}

const ParameterFacts& facts_of(CalibrationParameter parameter) { return kFacts[static_cast<std::size_t>(parameter)]; }

std::string name_of(const ParameterId& id)
{
    const std::string name{facts_of(id.parameter).name};
    switch (id.parameter) {
        case CalibrationParameter::efficiency:
        case CalibrationParameter::refresh_share: return "top." + name;
        case CalibrationParameter::dispatch: return "steps." + name;
        default: return "memories." + id.memory + '.' + name;
    }
}

std::vector<ParameterId> latency_parameters_of(const Accelerator& accelerator)
{
    std::vector<ParameterId> ids{{CalibrationParameter::efficiency, {}}};
    for (MemoryId id = 0; id < accelerator.top(); ++id) {
        ids.push_back({CalibrationParameter::bandwidth, accelerator.memory(id).name});
    }
    for (const Memory& memory : accelerator.memories())
        ids.push_back({CalibrationParameter::access_latency, memory.name});
    ids.push_back({CalibrationParameter::dispatch, {}});
    for (const Memory& memory : accelerator.memories())
        ids.push_back({CalibrationParameter::burst_overhead, memory.name});
    ids.push_back({CalibrationParameter::refresh_share, {}});
    return ids;
}

std::vector<ParameterId> energy_parameters_of(const Accelerator& accelerator)
{
    std::vector<ParameterId> ids;
    for (const Memory& memory : accelerator.memories())
        ids.push_back({CalibrationParameter::energy_scale, memory.name});
    return ids;
}

double value_of(const Calibration& calibration, const ParameterId& id)
{
    switch (id.parameter) {
        case CalibrationParameter::efficiency: return calibration.top().efficiency;
        case CalibrationParameter::refresh_share: return calibration.top().refresh_share;
        case CalibrationParameter::dispatch: return calibration.steps().dispatch;
        default: return member_of(calibration.of(id.memory), id.parameter);
    }
}

Calibration with(const Calibration& calibration, const ParameterId& id, double value)
{
    std::vector<MemoryCalibration> memories = calibration.memories();
    TopMemoryCalibration top = calibration.top();
    StepCalibration steps = calibration.steps();
    switch (id.parameter) {
        case CalibrationParameter::efficiency: top.efficiency = value; break;
        case CalibrationParameter::refresh_share: top.refresh_share = value; break;
        case CalibrationParameter::dispatch: steps.dispatch = value; break;
        default: member_of(entry_of(memories, id.memory), id.parameter) = value;
    }
    return {calibration.accelerator(), std::move(memories), top, steps, calibration.fitted_to()};
}

}  // namespace plumbline
