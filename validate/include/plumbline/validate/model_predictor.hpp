// SPDX-License-Identifier: Apache-2.0
// What does the model predict of many schedules, asked again for profile after profile?
//
// A RunPredictor (calibrate.hpp) of named schedules. What no profile changes, words, is predicted once; cycles are timed again
// (schedule_cycles.hpp), and energy is the same words at other energies.
//
//     ModelPredictor predict{accelerator, Estimator::refined};
//     predict.add("fsrcnn 60x72", workload, schedule);
//     predict(calibrated(accelerator, profile), {"fsrcnn 60x72"}).front().at("total");
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plumbline/schedule_cycles.hpp"
#include "plumbline/validate/quantities.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Predicts schedules that were added by name, on any calibrated form of one accelerator.
class ModelPredictor {
public:
    /// For calibrated forms of this accelerator.
    /// \param accelerator as described, without a profile
    ModelPredictor(const Accelerator& accelerator, Estimator estimator);

    /// Predicts the words of a schedule, which no profile changes.
    /// \pre the name is new; workload and schedule outlive this \throws InputError as predict() does
    void add(const std::string& name, const Workload& workload, const Schedule& schedule);

    /// Cycles (whole ones), energy and words of each of the named schedules, in their order. Threads may share it.
    /// \param accelerator as some profile says it is
    /// \pre the names were added
    std::vector<Quantities> operator()(const Accelerator& accelerator, const std::vector<std::string>& names) const;

private:
    struct Words {
        double read = 0;
        double written = 0;
    };
    struct Run {
        std::size_t index = 0;    ///< among the timed schedules
        Quantities as_described;  ///< predicted without a profile
        std::int64_t macs = 0;
        std::vector<Words> words;  ///< by memory
    };

    double energy(const Accelerator& accelerator, const Run& run) const;

    Accelerator described_;
    Estimator estimator_;
    TimedSchedules timed_;
    std::map<std::string, Run> runs_;
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
