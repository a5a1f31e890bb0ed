// SPDX-License-Identifier: Apache-2.0
// Which unrollings does a rule allow that leaves some of them open?
//
// A hint names several loop dimensions for one array dimension, each as far as it goes. The first takes what it can of the
// lanes, so it matters which is first: each is, once. ZigZag tries several unrollings of a hint, too.
#pragma once

#include <vector>

#include "plumbline/mapping.hpp"

namespace plumbline::detail {

/// The rule as it is, then with other open unrollings first, in turn; at most 16 in all.
std::vector<MappingRule> unrolling_choices(const MappingRule& rule);

}  // namespace plumbline::detail
