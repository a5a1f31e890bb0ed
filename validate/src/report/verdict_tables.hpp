// SPDX-License-Identifier: Apache-2.0
// A verdict as tables, for reports of any form: what each side says, and how far the two are apart.
#pragma once

#include <string>
#include <vector>

#include "plumbline/validate/comparison.hpp"
#include "plumbline/validate/report.hpp"
#include "plumbline/validate/table.hpp"

namespace plumbline::validate {

/// What stands for the simulated side: files are observations.
std::string simulated_name(const Comparison& comparison);
/// Layers and copies as they run.
std::vector<StepRow> steps_in_order(const Schedule& schedule, const Comparison& comparison);

Table access_table(const Subject& subject, const Comparison& comparison);
/// Those outside tolerance first.
Table step_table(const Subject& subject, const Comparison& comparison);
Table total_table(const Subject& subject, const Comparison& comparison);
Table port_table(const Subject& subject, const Comparison& comparison);
/// What only one side says.
Table one_sided_table(const Comparison& comparison);

/// A line: the tolerances, and whether all is within. \pre `comparison` was judged by them
std::string conclusion(const Comparison& comparison, const Tolerances& tolerances);

}  // namespace plumbline::validate
