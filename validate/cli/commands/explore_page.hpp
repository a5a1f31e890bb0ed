// SPDX-License-Identifier: Apache-2.0
// The flag --plot of `plumbline explore`: the exploration as one HTML page.
#pragma once

#include <string>

#include "options/explore_arguments.hpp"
#include "plumbline/validate/explore_page.hpp"

namespace plumbline::cli {

/// What pages are made of, as it was built or installed with the command. \throws InputError where it is missing
validate::ExplorePageAssets plot_assets();

/// The page, headed by how the exploration was run.
std::string plot_page(const ExploreArguments& arguments, const validate::Exploration& exploration,
                      const validate::ExplorePageAssets& assets);

}  // namespace plumbline::cli
