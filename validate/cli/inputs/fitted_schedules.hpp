// SPDX-License-Identifier: Apache-2.0
// Was a profile fitted to the schedule that it is validated on?
//
// Schedules go by name: planned ones by network, mode, tile and cuts ("fsrcnn h-cached 16x18 auto"), those of files by the
// file's stem, as `calibrate` notes them in `fitted_to`.
#pragma once

#include <string>
#include <vector>

#include "options/schedule_flags.hpp"
#include "plumbline/schedule.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::cli {

class FittedSchedules {
public:
    /// \param profile path; empty: fitted to nothing \throws InputError
    explicit FittedSchedules(const std::string& profile);

    bool contains(const std::string& name) const;
    /// The name under which it has the schedule of a command line; empty where it does not. \param schedule as planned or read
    std::string find(const ScheduleFlags& flags, const Workload& workload, const Schedule& schedule) const;

private:
    std::vector<std::string> names_;
};

}  // namespace plumbline::cli
