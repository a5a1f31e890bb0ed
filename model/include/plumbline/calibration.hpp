// SPDX-License-Identifier: Apache-2.0
// What a description of hardware leaves open, and measurements fill in: a profile of named, bounded parameters.
//
// Ports seldom keep up their width, transfers and bursts take time to begin, steps have to be dispatched, and energies
// come from another process. A Calibration says how much, memory by memory. It belongs to one accelerator and describes
// hardware, so prediction and machine read the same one; validate/ fits it to observations, io/ reads and writes it. Every
// parameter has a neutral value: a default Calibration changes nothing.
//
//     Calibration profile{"meta_prototype_df", {{"wei_sram", 0.93}}, {}, {}, {}};
//     profile.of("wei_sram").bandwidth;  // 0.93 of the port's width
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plumbline/accelerator.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// What measurements say of one memory.
struct MemoryCalibration {
    std::string memory = {};    ///< name of the memory
    double bandwidth = 1;       ///< fraction of a port's width that it moves per cycle; 1 at the top memory
    double access_latency = 0;  ///< cycles before a transfer's first word
    double burst_overhead = 0;  ///< cycles lost per burst of a transfer
    Bits burst{512};            ///< longest burst; known of the hardware, never fitted
    double energy_scale = 1;    ///< of the description's energy per access
};
/// All fields equal.
bool operator==(const MemoryCalibration& a, const MemoryCalibration& b);
/// Some field differs.
inline bool operator!=(const MemoryCalibration& a, const MemoryCalibration& b) { return !(a == b); }

/// Of the top memory, in place of `bandwidth`: it moves `efficiency * (1 - refresh_share)` of a port's width per cycle.
struct TopMemoryCalibration {
    double efficiency = 1;     ///< fraction of a port's width, while it does not refresh
    double refresh_share = 0;  ///< fraction of the time in which it refreshes and serves nobody
    /// Both fields equal.
    friend bool operator==(TopMemoryCalibration a, TopMemoryCalibration b)
    {
        return a.efficiency == b.efficiency && a.refresh_share == b.refresh_share;
    }
};

/// What measurements say of the steps of a schedule.
struct StepCalibration {
    double dispatch = 0;  ///< cycles before each step of the schedule, in which nothing else happens
    /// Equal dispatch.
    friend bool operator==(StepCalibration a, StepCalibration b) { return a.dispatch == b.dispatch; }
};

/// Valid once built: every value lies in its parameter's range, every memory is named, and named once.
class Calibration {
public:
    /// Changes nothing, of whichever accelerator.
    Calibration() = default;
    /// \throws InputError naming the field that is wrong
    /// A profile of these values; memories left out are neutral.
    Calibration(std::string accelerator, std::vector<MemoryCalibration> memories, TopMemoryCalibration top,
                StepCalibration steps, std::vector<std::string> fitted_to = {});

    /// The name of the accelerator that it was made for; empty where it is for none in particular.
    const std::string& accelerator() const { return accelerator_; }
    /// Memories that the profile names, in the order given.
    const std::vector<MemoryCalibration>& memories() const { return memories_; }
    /// The neutral one where the profile does not name the memory.
    /// What it says of a memory.
    const MemoryCalibration& of(std::string_view memory) const;
    /// What it says of the top memory besides.
    const TopMemoryCalibration& top() const { return top_; }
    /// What it says of steps.
    const StepCalibration& steps() const { return steps_; }
    /// Names of the schedules whose observations it was fitted to: on these it has no accuracy to show.
    const std::vector<std::string>& fitted_to() const { return fitted_to_; }
    /// Whether it changes nothing.
    bool neutral() const;

    /// All fields equal.
    friend bool operator==(const Calibration& a, const Calibration& b);
    /// Some field differs.
    friend bool operator!=(const Calibration& a, const Calibration& b) { return !(a == b); }

private:
    std::string accelerator_;
    std::vector<MemoryCalibration> memories_;
    TopMemoryCalibration top_;
    StepCalibration steps_;
    std::vector<std::string> fitted_to_;
};
/// All fields equal.
bool operator==(const Calibration& a, const Calibration& b);

/// \throws InputError where the profile is of another accelerator, names a memory that this one lacks, or gives its top
/// memory a `bandwidth`
/// Whether a profile fits an accelerator.
void check(const Calibration& calibration, const Accelerator& accelerator);

}  // namespace plumbline
#pragma GCC visibility pop
