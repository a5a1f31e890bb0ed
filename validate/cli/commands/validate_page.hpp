// SPDX-License-Identifier: Apache-2.0
// The flag --report of `plumbline validate`: the verdict as one HTML page.
#pragma once

#include "options/arguments.hpp"
#include "plumbline/validate/validate_page.hpp"

namespace plumbline::cli {

/// What the pages of reports are made of, as it was built or installed with the command. \throws InputError where it is missing
validate::ValidatePageAssets report_page_assets();

/// How the command was run, and on which files. \throws InputError where one cannot be read any more
validate::PageNotes page_notes(const ValidateArguments& arguments);

}  // namespace plumbline::cli
