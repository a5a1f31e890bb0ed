// SPDX-License-Identifier: Apache-2.0
#include "inputs/lists.hpp"

#include <sstream>

namespace plumbline::cli {

std::vector<std::string> split(const std::string& text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream all{text};
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    return parts;
}

}  // namespace plumbline::cli
