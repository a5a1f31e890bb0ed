// SPDX-License-Identifier: Apache-2.0
// Lists as people write them: parts between a separator.
#pragma once

#include <string>
#include <vector>

namespace plumbline::cli {

/// "a,b" at ',' is {"a", "b"}; nothing comes of an empty text, or of a separator at the end.
std::vector<std::string> split(const std::string& text, char separator);

}  // namespace plumbline::cli
