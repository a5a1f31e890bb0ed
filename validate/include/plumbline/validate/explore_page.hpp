// SPDX-License-Identifier: Apache-2.0
// An exploration as one HTML page that opens from disk and asks no network for anything.
//
// For every space: heat maps of energy and latency over the tile grid, one for each overlap mode and alternative of
// cuts; energy against latency with the Pareto front; energy by memory and operand of the best point and of the
// references; and tables that say the same without JavaScript. Charts are specifications in the grammar of Vega, which
// draws them in the browser. The same exploration makes the same page, byte by byte.
//
//     write_file("explore.html", explore_html(exploration, {"0.1.0", {{"estimator", "uniform"}}}, assets));
#pragma once

#include <string>

#include "plumbline/validate/explore_report.hpp"
#include "plumbline/validate/page.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What the page is made of.
struct ExplorePageAssets {
    std::string page;   ///< skeleton, with {{names}} to fill in
    std::string space;  ///< skeleton of the part about one space
    PageAssets shared;  ///< what stands in every page
};

/// The page as HTML. \throws InputError where a skeleton has a name that nobody fills in
std::string explore_html(const Exploration& exploration, const PageNotes& notes, const ExplorePageAssets& assets);

}  // namespace plumbline::validate
#pragma GCC visibility pop
