// SPDX-License-Identifier: Apache-2.0
#include "inputs/fitted_schedules.hpp"

#include <algorithm>
#include <filesystem>

#include "options/planning.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {

std::string name_of(const DesignPoint& point)
{
    return std::string{plumbline::name_of(point.mode)} + ' ' + std::to_string(point.tile.x) + 'x' +
           std::to_string(point.tile.y) + ' ' + validate::cut_rule(point.cuts);
}

FittedSchedules::FittedSchedules(const std::string& profile)
{
    if (!profile.empty()) names_ = io::read_calibration(profile).fitted_to();
}

bool FittedSchedules::contains(const std::string& name) const
{
    return std::find(names_.begin(), names_.end(), name) != names_.end();
}

std::string FittedSchedules::find(const ScheduleArguments& arguments, const Workload& workload) const
{
    const auto if_known = [this](std::string name) { return contains(name) ? name : std::string{}; };
    if (!arguments.file.empty()) return if_known(std::filesystem::path{arguments.file}.stem().string());
    // A list has stacks of tiles of their own, which no design space has.
    if (arguments.tiles.size() != 1 || arguments.modes.size() > 1) return {};
    DesignPoint point;
    point.tile = arguments.tiles.front();
    point.mode = arguments.modes.empty() ? OverlapMode::fully_cached : arguments.modes.front();
    point.cuts = parse_cuts(arguments.cuts, workload);
    return if_known(arguments.workload + ' ' + name_of(point));
}

}  // namespace plumbline::cli
