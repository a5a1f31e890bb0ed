// SPDX-License-Identifier: Apache-2.0
// How many multiply-accumulates do the networks of platforms/workloads have that are as published?
//
// Counted from the tables of their papers, convolution by convolution, and from nothing that Plumbline reads. Convolutions and
// fully connected layers count: additions and pooling multiply nothing.
#pragma once

#include <cstdint>
#include <string>

namespace plumbline::test {

/// Of a network by its name. \throws std::out_of_range where no table of it is known
std::int64_t counted_macs(const std::string& network);

}  // namespace plumbline::test
