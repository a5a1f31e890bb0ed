// SPDX-License-Identifier: Apache-2.0
// The parameters of a Calibration one by one: name, unit, range and neutral value, to list, to document and to fit.
//
// A fit knows nothing of memories: it moves a vector of bounded numbers. A ParameterId says which number of a profile
// one of them is; `value_of` reads it, `with` sets it.
//
//     for (const ParameterId& id : latency_parameters_of(accelerator))
//         std::cout << name_of(id) << " [" << facts_of(id.parameter).unit << "]\n";  // memories.dram.access_latency …
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plumbline/calibration.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// A kind of number in a profile.
enum class CalibrationParameter : std::uint8_t {
    bandwidth,       ///< fraction of the width of a memory's ports
    access_latency,  ///< cycles before a transfer's first word
    burst_overhead,  ///< cycles per burst
    energy_scale,    ///< factor of the energy per access
    efficiency,      ///< fraction of the width of the top memory's ports
    refresh_share,   ///< fraction of the time in which the top memory refreshes
    dispatch,        ///< cycles before each step
};
/// All of them, in the order of reports.
inline constexpr std::array<CalibrationParameter, 7> kAllCalibrationParameters{
    CalibrationParameter::bandwidth,    CalibrationParameter::access_latency, CalibrationParameter::burst_overhead,
    CalibrationParameter::energy_scale, CalibrationParameter::efficiency,     CalibrationParameter::refresh_share,
    CalibrationParameter::dispatch,
};

/// What is known of a parameter, whichever memory it is of.
struct ParameterFacts {
    std::string_view name;     ///< its key in a profile
    std::string_view unit;     ///< empty for a fraction or a factor
    std::string_view meaning;  ///< one sentence
    double neutral;            ///< changes nothing
    double least;              ///< of its range
    double most;               ///< of its range
    bool positive;             ///< 0 is outside its range, though its least value
    double search_least;       ///< a fit goes no lower: a port that all but stands still explains nothing
    double step;               ///< a change that shows in predictions of whole cycles

    /// Whether a value lies in its range; NaN does not.
    bool allows(double value) const;
    /// "a fraction above 0 and up to 1", "cycles from 0 to 100000".
    /// The range as text:
    std::string range() const;
};

/// Facts of a parameter, for the whole run of the program.
const ParameterFacts& facts_of(CalibrationParameter parameter);

/// One number of a profile; `memory` is empty for those of the top memory and of steps.
struct ParameterId {
    CalibrationParameter parameter = CalibrationParameter::dispatch;  ///< which kind
    std::string memory = {};                                          ///< name of the memory
    /// Both fields equal.
    friend bool operator==(const ParameterId& a, const ParameterId& b)
    {
        return a.parameter == b.parameter && a.memory == b.memory;
    }
};

/// Its path in a profile: "memories.dram.access_latency", "top.efficiency", "steps.dispatch".
std::string name_of(const ParameterId& id);

/// Those that change cycles, memories in the order of the accelerator: a top memory has an efficiency and no bandwidth.
std::vector<ParameterId> latency_parameters_of(const Accelerator& accelerator);
/// Those that change energy.
std::vector<ParameterId> energy_parameters_of(const Accelerator& accelerator);

/// One number of a profile; the neutral one where the profile does not name the memory.
double value_of(const Calibration& calibration, const ParameterId& id);
/// The same profile but for one number. \throws InputError where that is out of range
Calibration with(const Calibration& calibration, const ParameterId& id, double value);

}  // namespace plumbline
#pragma GCC visibility pop
