// SPDX-License-Identifier: Apache-2.0
#include "inputs/assets.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "plumbline/error.hpp"

namespace plumbline::cli {

namespace fs = std::filesystem;

namespace {

/// Content of a file of the data folder's assets/, or of the build tree's.
std::string read_asset(const std::string& name)
{
    const fs::path installed = installed_data();
    const fs::path path = (installed.empty() ? fs::path{PLUMBLINE_BUILD_ASSETS_DIR} : installed / "assets") / name;
    std::ifstream file{path, std::ios::binary};
    if (!file)
        throw InputError(SourceLocation{path.string(), 0, {}},
                         "is missing, expected there since the command was built or installed");
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// What stands in every page.
validate::PageAssets shared_assets() { return {read_asset("page.css"), read_asset("page.js"), read_asset("vega.js")}; }

}  // namespace

fs::path installed_data()
{
    std::error_code unreadable;
    const fs::path program = fs::read_symlink("/proc/self/exe", unreadable);
    const fs::path installed = (program.parent_path() / PLUMBLINE_DATA_FROM_COMMAND).lexically_normal();
    return !unreadable && fs::is_directory(installed) ? installed : fs::path{};
}

validate::ValidatePageAssets report_page_assets() { return {read_asset("report.html"), shared_assets()}; }

validate::ExplorePageAssets explore_page_assets()
{
    return {read_asset("explore.html"), read_asset("explore_space.html"), shared_assets()};
}

}  // namespace plumbline::cli
