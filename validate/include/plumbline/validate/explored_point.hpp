// SPDX-License-Identifier: Apache-2.0
// An explored point as text that is read back without losing a bit: what a store of finished points keeps.
//
// The JSON is that of the points of a report (explore_report.hpp), without what compares them and without their
// coordinates.
#pragma once

#include <string>

#include "plumbline/accelerator.hpp"
#include "plumbline/explore.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// Mode, tile and cuts: "h-cached 16x18 auto".
std::string name_of(const DesignPoint& point);

/// One line, without its end.
std::string to_json(const Accelerator& accelerator, const ExploredPoint& point);
/// The point whose result a line has, at the coordinates `point`.
/// \throws InputError for text that to_json() did not write, or wrote for an accelerator with other memories
ExploredPoint explored_point_from_json(const Accelerator& accelerator, const DesignPoint& point,
                                       const std::string& json);

}  // namespace plumbline::validate
#pragma GCC visibility pop
