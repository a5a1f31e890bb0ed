// SPDX-License-Identifier: Apache-2.0
#include "commands/explore_page.hpp"

#include "inputs/assets.hpp"

namespace plumbline::cli {

validate::ExplorePageAssets plot_assets()
{
    return {read_asset("explore.html"), read_asset("explore_space.html"), page_assets()};
}

std::string plot_page(const ExploreArguments& arguments, const validate::Exploration& exploration,
                      const validate::ExplorePageAssets& assets)
{
    validate::PageNotes notes{
        PLUMBLINE_VERSION, {{"estimator", std::string{name_of(arguments.search.estimator)}}, {"cuts", arguments.cuts}}};
    if (!arguments.mapping.empty()) notes.options.emplace_back("mapping", arguments.mapping);
    return validate::explore_html(exploration, notes, assets);
}

}  // namespace plumbline::cli
