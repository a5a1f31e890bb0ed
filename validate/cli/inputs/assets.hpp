// SPDX-License-Identifier: Apache-2.0
// Where the files lie that the command brings: descriptions, and what HTML reports are made of.
#pragma once

#include <filesystem>
#include <string>

#include "plumbline/validate/explore_page.hpp"
#include "plumbline/validate/validate_page.hpp"

namespace plumbline::cli {

/// The data folder beside the installed command; empty where the command was not installed.
std::filesystem::path installed_data();

/// What the pages of verdicts and of calibrations are made of. \throws InputError where it is missing
validate::ValidatePageAssets report_page_assets();
/// The same of explorations.
validate::ExplorePageAssets explore_page_assets();

}  // namespace plumbline::cli
