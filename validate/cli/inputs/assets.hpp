// SPDX-License-Identifier: Apache-2.0
// Where the files lie that the command brings: descriptions, and what HTML reports are made of.
#pragma once

#include <filesystem>
#include <string>

#include "plumbline/validate/page.hpp"

namespace plumbline::cli {

/// The data folder beside the installed command; empty where the command was not installed.
std::filesystem::path installed_data();

/// Content of a file of the data folder's assets/, or of the build tree's. \throws InputError where it is not there
std::string read_asset(const std::string& name);

/// What stands in every HTML page. \throws InputError where it is missing
validate::PageAssets page_assets();

}  // namespace plumbline::cli
