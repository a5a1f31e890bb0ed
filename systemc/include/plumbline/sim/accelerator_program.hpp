// SPDX-License-Identifier: Apache-2.0
// What a peripheral can run: a network and its schedule for the accelerator. Firmware knows it by its number.
//
//     std::vector<AcceleratorProgram> programs{{workload, schedule}};  // number 0
#pragma once

#include <memory>

#pragma GCC visibility push(default)
namespace plumbline {
struct Schedule;
class Workload;
}  // namespace plumbline

namespace plumbline::sim {

/// A network and how it is to be run. Copies share the two, which do not change.
class AcceleratorProgram {
public:
    /// \param schedule of this network, for the accelerator
    AcceleratorProgram(Workload workload, Schedule schedule);

    const Workload& workload() const;  ///< the network
    const Schedule& schedule() const;  ///< as given

private:
    struct Parts;

    std::shared_ptr<const Parts> parts_;
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
