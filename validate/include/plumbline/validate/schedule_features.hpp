// SPDX-License-Identifier: Apache-2.0
// What does a schedule have much or little of, that hardware might charge for and a profile cannot say?
//
// By layer type, by tile, by copy: amounts that follow from the schedule alone, whoever predicts it. lack_of_fit.hpp asks whether
// residuals follow one of them.
//
//     schedule_features(workload, schedule).at("steps of Pooling");  // 30 of 6 x 5 tiles
#pragma once

#include <map>
#include <string>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/validate/lack_of_fit.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Amounts by name, of one schedule.
using FeatureAmounts = std::map<std::string, double>;

/// Over all tiles: "steps of T" and "MACs of T" for each operator type T of the network, "tiles", "stacks", "copies".
FeatureAmounts schedule_features(const Workload& workload, const Schedule& schedule);

/// A feature for each name that some schedule has; 0 for those that have it not.
std::vector<Feature> features_of(const std::vector<FeatureAmounts>& schedules);

}  // namespace plumbline::validate
#pragma GCC visibility pop
