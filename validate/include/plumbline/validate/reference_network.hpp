// SPDX-License-Identifier: Apache-2.0
// What a network computes, layer by layer on whole maps: what the machine computed tile by tile must equal it.
//
// Plain loops over the equations of the layers, which share nothing with the machine but the numbers that go in. The rules
// (zeros and cropping at the edges of maps, what pooling means, how sums become int8) are in
// systemc/docs/functional_mode.md.
//
//     const auto expected = reference_outputs(workload, data);
//     if (const auto difference = first_difference(expected.front(), made, output_shape(layer))) …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plumbline/sim/network_data.hpp"

#pragma GCC visibility push(default)
namespace plumbline::validate {

/// The maps of all outputs, by Workload::outputs(). \pre check_computable and check_data pass
std::vector<sim::FeatureValues> reference_outputs(const Workload& workload, const sim::NetworkData& data);
/// That of the first one.
sim::FeatureValues reference_output(const Workload& workload, const sim::NetworkData& data);

/// Where and how two maps differ first.
struct Difference {
    std::int64_t channel = 0;  ///< of the first feature that differs
    std::int64_t row = 0;      ///< likewise
    std::int64_t column = 0;   ///< likewise
    int expected = 0;          ///< int8, by the equations of the layers
    int computed = 0;          ///< int8, by the machine
    std::int64_t count = 0;    ///< features that differ in all
};

/// What a functional run came to, of one output of the network.
struct Agreement {
    std::string layer;                     ///< whose output was compared
    std::optional<Difference> difference;  ///< none: bit for bit the same
    /// Bit for bit.
    bool equal() const { return !difference; }
};

/// None where both are equal. By channel, then row, then column. \pre both are of `shape`
std::optional<Difference> first_difference(const sim::FeatureValues& expected, const sim::FeatureValues& computed,
                                           const sim::MapShape& shape);

}  // namespace plumbline::validate
#pragma GCC visibility pop
