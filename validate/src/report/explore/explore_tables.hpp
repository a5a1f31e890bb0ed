// SPDX-License-Identifier: Apache-2.0
// Tables about one explored space, for reports of any form.
#pragma once

#include <string>
#include <vector>

#include "plumbline/validate/table.hpp"
#include "report/explore/explore_findings.hpp"

namespace plumbline::validate {

/// "fsrcnn on meta_prototype_df".
std::string pair_name(const ExploredSpace& space);
/// "energy, counting dram-only".
std::string goal_text(const Goal& goal);
/// Mode, tile ("4x72") and cuts ("auto (3,7)": what was asked for, and what became of it where that is not the same).
std::vector<std::string> coordinates(const ExploredPoint& point);
/// What to say of a point when it is pointed at.
std::string tip(const ExploredPoint& point);
/// "1.20 x".
std::string times(double ratio);

/// The first `rows` points of the ranking of a space. \pre there is a best point, and so for the next two
Table point_table(const Exploration& exploration, const ExploredSpace& space, const Findings& findings,
                  std::size_t rows);
/// The goal's best point, and the references beside it.
Table reference_table(const ExploredSpace& space, const Findings& findings);
/// What optimising for each view would choose, at its true cost.
Table view_table(const ExploredSpace& space, const Findings& findings);
/// The first `rows` infeasible points, and why they are.
Table infeasible_table(const ExploredSpace& space, const Findings& findings, std::size_t rows);
/// True energy of what each view chooses, a line per space. \param findings parallel to the spaces
Table overview_table(const Exploration& exploration, const std::vector<Findings>& findings);

}  // namespace plumbline::validate
