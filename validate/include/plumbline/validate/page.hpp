// SPDX-License-Identifier: Apache-2.0
// What all HTML pages need that Plumbline writes: assets that are embedded in each, and what is to be said of its origin.
//
// A page is one file that opens from disk and asks no network for anything: style, script and charting library stand in it.
// The text of all of them comes from the caller, so that the library reads no files. See explore_page.hpp and
// validate_page.hpp.
#pragma once

#include <string>
#include <utility>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// What stands in every page.
struct PageAssets {
    std::string style;   ///< CSS
    std::string script;  ///< JavaScript that draws the charts
    std::string vega;    ///< script that defines the global variable `vega`
};

/// A file that results depend on.
struct PageInput {
    std::string what;         ///< "accelerator"
    std::string name;         ///< as it was asked for
    std::string fingerprint;  ///< tells whether a file is the one that it was
};

/// How the command was run, beyond what the page knows.
struct PageNotes {
    std::string version;                                            ///< of Plumbline
    std::vector<std::pair<std::string, std::string>> options = {};  ///< names and values, as they are shown
    std::vector<PageInput> inputs = {};                             ///< in the order in which they are shown
};

}  // namespace plumbline::validate
#pragma GCC visibility pop
