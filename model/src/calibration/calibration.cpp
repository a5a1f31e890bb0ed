// SPDX-License-Identifier: Apache-2.0
#include "plumbline/calibration.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "plumbline/calibration_parameters.hpp"
#include "plumbline/error.hpp"
#include "plumbline/suggestion.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

void check_range(const ParameterId& id, double value)
{
    const ParameterFacts& facts = facts_of(id.parameter);
    if (facts.allows(value)) return;
    TextStream text;
    text << "is " << value << ", expected " << facts.range() << ": " << facts.meaning;
    throw InputError{name_of(id), text.str()};
}

void check_memory(const MemoryCalibration& memory)
{
    check_range({CalibrationParameter::bandwidth, memory.memory}, memory.bandwidth);
    check_range({CalibrationParameter::access_latency, memory.memory}, memory.access_latency);
    check_range({CalibrationParameter::burst_overhead, memory.memory}, memory.burst_overhead);
    check_range({CalibrationParameter::energy_scale, memory.memory}, memory.energy_scale);
    if (memory.burst.count() > 0) return;
    throw InputError{"memories." + memory.memory + ".burst",
                     "is " + std::to_string(memory.burst.count()) + ", expected a positive number of bits"};
}

void check_memories(const std::vector<MemoryCalibration>& memories)
{
    std::set<std::string> names;
    for (const MemoryCalibration& memory : memories) {
        if (memory.memory.empty()) throw InputError{"memories", "has an entry without the name of a memory"};
        if (!names.insert(memory.memory).second) throw InputError{"memories." + memory.memory, "is given twice"};
        check_memory(memory);
    }
}

std::vector<std::string_view> names_of(const std::vector<Memory>& memories)
{
    std::vector<std::string_view> names;
    names.reserve(memories.size());
    for (const Memory& memory : memories) names.emplace_back(memory.name);
    return names;
}

/// But for its name and its burst, which does nothing without an overhead.
bool changes_nothing(const MemoryCalibration& memory)
{
    MemoryCalibration neutral;
    neutral.memory = memory.memory;
    neutral.burst = memory.burst;
    return memory == neutral;
}

}  // namespace

bool operator==(const MemoryCalibration& a, const MemoryCalibration& b)
{
    return std::tie(a.memory, a.bandwidth, a.access_latency, a.burst_overhead, a.burst, a.energy_scale) ==
           std::tie(b.memory, b.bandwidth, b.access_latency, b.burst_overhead, b.burst, b.energy_scale);
}

Calibration::Calibration(std::string accelerator, std::vector<MemoryCalibration> memories, TopMemoryCalibration top,
                         StepCalibration steps, std::vector<std::string> fitted_to)
    : accelerator_{std::move(accelerator)},
      memories_{std::move(memories)},
      top_{top},
      steps_{steps},
      fitted_to_{std::move(fitted_to)}
{
    check_memories(memories_);
    check_range({CalibrationParameter::efficiency, {}}, top_.efficiency);
    check_range({CalibrationParameter::refresh_share, {}}, top_.refresh_share);
    check_range({CalibrationParameter::dispatch, {}}, steps_.dispatch);
}

const MemoryCalibration& Calibration::of(std::string_view memory) const
{
    static const MemoryCalibration neutral;
    const auto found = std::find_if(memories_.begin(), memories_.end(),
                                    [&](const MemoryCalibration& each) { return each.memory == memory; });
    return found == memories_.end() ? neutral : *found;
}

bool Calibration::neutral() const
{
    return std::all_of(memories_.begin(), memories_.end(), changes_nothing) && top_ == TopMemoryCalibration{} &&
           steps_ == StepCalibration{};
}

bool operator==(const Calibration& a, const Calibration& b)
{
    return std::tie(a.accelerator_, a.memories_, a.top_, a.steps_, a.fitted_to_) ==
           std::tie(b.accelerator_, b.memories_, b.top_, b.steps_, b.fitted_to_);
}

void check(const Calibration& calibration, const Accelerator& accelerator)
{
    if (!calibration.accelerator().empty() && calibration.accelerator() != accelerator.name()) {
        throw InputError{"accelerator",
                         "is '" + calibration.accelerator() + "', expected a profile of '" + accelerator.name() + "'"};
    }
    for (const MemoryCalibration& memory : calibration.memories()) {
        if (accelerator.memory_named(memory.memory)) continue;
        throw InputError{"memories." + memory.memory, "is no memory of " + accelerator.name() +
                                                          suggestion(memory.memory, names_of(accelerator.memories()))};
    }
    const std::string& top = accelerator.memory(accelerator.top()).name;
    if (calibration.of(top).bandwidth == 1) return;
    throw InputError{"memories." + top + ".bandwidth", "is given for the top memory, expected top.efficiency instead"};
}

}  // namespace plumbline
