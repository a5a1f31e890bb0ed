// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/accelerator_program.hpp"

#include <utility>

#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::sim {

struct AcceleratorProgram::Parts {
    Workload workload;
    Schedule schedule;
};

AcceleratorProgram::AcceleratorProgram(Workload workload, Schedule schedule)
    : parts_{std::make_shared<const Parts>(Parts{std::move(workload), std::move(schedule)})}
{}

const Workload& AcceleratorProgram::workload() const { return parts_->workload; }

const Schedule& AcceleratorProgram::schedule() const { return parts_->schedule; }

}  // namespace plumbline::sim
