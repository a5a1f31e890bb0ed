// SPDX-License-Identifier: Apache-2.0
// Flags about results: in which format they are written, and where to.
#pragma once

#include <initializer_list>
#include <string>

#include <CLI/CLI.hpp>

namespace plumbline::cli {

enum class Format { table, json, csv };

struct ReportFlags {
    Format format = Format::table;
    std::string file;  ///< empty: standard output
};

/// \param formats that the command can write
void add_report(CLI::App& app, ReportFlags& flags, std::initializer_list<Format> formats);

/// The HTML page beside the report. \param page path; empty: none
void add_page(CLI::App& app, std::string& page);

}  // namespace plumbline::cli
