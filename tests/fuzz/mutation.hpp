// SPDX-License-Identifier: Apache-2.0
// Files that are almost right: what people, editors, cut copies and enemies make of one that a reader takes.
#pragma once

#include <random>
#include <string>
#include <vector>

namespace plumbline::test {

/// One of the seeds with one to four changes: of types, numbers, depth, size, duplicates, order, length or single bits.
/// The same for the same state of `random`, on any platform.
std::string mutated(const std::vector<std::string>& seeds, std::mt19937_64& random);

}  // namespace plumbline::test
