// SPDX-License-Identifier: Apache-2.0
// What the costs of explored points depend on: a store of them is one of the same inputs, or of no use.
//
// Files count by their contents, whatever they are called: a built-in name and the path of its file are the same input.
#pragma once

#include <map>
#include <string>

#include "execution/context.hpp"
#include "options/planning_flags.hpp"
#include "options/subject_flags.hpp"

namespace plumbline::cli {

/// By name, as text.
using ExploreInputs = std::map<std::string, std::string>;

/// What the cost of every point depends on. \param profile path; empty: none \throws InputError
ExploreInputs explore_inputs(const Context& context, const SubjectListFlags& subjects, const std::string& profile,
                             const PlanningFlags& planning);

/// What tells a space from others: accelerator, mapping rules and network, as the command line names them, by content.
/// \throws InputError
std::string explore_space_key(const Context& context, const std::string& accelerator, const std::string& mapping,
                              const std::string& workload);

/// \param where the file that holds `stored` \throws InputError naming an input that is not the same in both
void compare_inputs(const std::string& where, const ExploreInputs& stored, const ExploreInputs& wanted);

}  // namespace plumbline::cli
