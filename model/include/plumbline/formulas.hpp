// SPDX-License-Identifier: Apache-2.0
// Which formulas does this build have? Whoever keeps results asks, so that those of other formulas are not taken for its own.
#pragma once

#include <string_view>

#pragma GCC visibility push(default)
namespace plumbline {

/// Differs between builds whose sources of the model differ. Made when the model is built: 16 hexadecimal digits.
std::string_view formulas_version();

}  // namespace plumbline
#pragma GCC visibility pop
