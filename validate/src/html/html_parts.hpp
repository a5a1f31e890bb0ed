// SPDX-License-Identifier: Apache-2.0
// Text as HTML: whatever a name contains, it stays text.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "plumbline/validate/page.hpp"
#include "plumbline/validate/table.hpp"
#include "report/json_parts.hpp"

namespace plumbline::validate {

std::string escaped(const std::string& text);
/// For <script type="application/json">, which no text inside can end.
std::string script_json(const Json& json);
std::string html_section(const std::string& id, const std::string& heading, const std::string& html);
/// Nothing for a table without rows.
std::string html_table_if_any(const Table& table, const std::string& caption);
/// The version, and the files that a page depends on.
std::string html_inputs(const PageNotes& notes);
/// A list of names and what they are.
std::string html_facts(const std::vector<std::pair<std::string, std::string>>& facts);
/// \param caption plain text; empty: none
std::string html_table(const Table& table, const std::string& caption);

/// A chart with its caption. The page's script draws it.
struct Figure {
    std::string name;  ///< of its element, unique within the part of the page that `prefix` names
    std::string title;
    std::string reading;  ///< how to read it
    Json spec;
};
std::string html_figure(const Figure& figure, const std::string& prefix);

/// A page: the skeleton filled with `values`, the version of the notes and what stands in every page.
/// \throws InputError as filled() does
std::string filled_page(const std::string& skeleton, const PageNotes& notes, const PageAssets& assets,
                        std::map<std::string, std::string> values);

/// Each {{name}} of the skeleton replaced by its value, which is HTML and is not searched for names itself.
/// \throws InputError for a name without a value
std::string filled(const std::string& skeleton, const std::map<std::string, std::string>& values);

}  // namespace plumbline::validate
