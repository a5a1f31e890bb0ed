// SPDX-License-Identifier: Apache-2.0
// Is a text YAML that can be taken apart without harm? What the parser would take without a word, or in its own words, is
// refused here: a key twice, a second document, aliases that stand for millions of values, depth without end.
#pragma once

#include <string>

namespace plumbline::io {

/// \param name what paths of fields begin with
/// \param repeatable a key that may be given twice, which its reader decides; empty: none
/// \throws InputError with file, line and, where a value is at fault, field
void check_yaml(const std::string& text, const std::string& file, const std::string& name,
                const std::string& repeatable);

}  // namespace plumbline::io
