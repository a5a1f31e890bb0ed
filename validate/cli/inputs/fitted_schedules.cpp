// SPDX-License-Identifier: Apache-2.0
#include "inputs/fitted_schedules.hpp"

#include <algorithm>
#include <filesystem>

#include "inputs/plan_options.hpp"
#include "plumbline/io/calibration_yaml.hpp"
#include "plumbline/validate/explored_point.hpp"

namespace plumbline::cli {
namespace {

/// Where each stack is one tile, the tile that design spaces name: no smaller than the map of any stack.
TileSize largest_tile(const Schedule& schedule)
{
    TileSize largest;
    for (const Stack& stack : schedule.stacks)
        largest = {std::max(largest.x, stack.tile.x), std::max(largest.y, stack.tile.y)};
    return largest;
}

}  // namespace

FittedSchedules::FittedSchedules(const std::string& profile)
{
    if (!profile.empty()) names_ = io::read_calibration(profile).fitted_to();
}

bool FittedSchedules::contains(const std::string& name) const
{
    return std::find(names_.begin(), names_.end(), name) != names_.end();
}

std::string FittedSchedules::find(const ScheduleFlags& flags, const Workload& workload, const Schedule& schedule) const
{
    const auto if_known = [this](const std::string& name) { return contains(name) ? name : std::string{}; };
    if (!flags.file.empty()) return if_known(std::filesystem::path{flags.file}.stem().string());
    // A list has stacks of tiles of their own, which no design space has.
    if (flags.tiles.size() != 1 || flags.modes.size() > 1) return {};
    DesignPoint point;
    point.tile = flags.tiles.front().whole_map ? largest_tile(schedule) : flags.tiles.front().size;
    point.mode = flags.modes.empty() ? OverlapMode::fully_cached : flags.modes.front();
    point.cuts = cuts_of(flags.planning, workload);
    return if_known(flags.subject.workload + ' ' + validate::name_of(point));
}

}  // namespace plumbline::cli
