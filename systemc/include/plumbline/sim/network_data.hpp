// SPDX-License-Identifier: Apache-2.0
// The numbers that a network computes with: its input maps and the weights of its layers, all int8.
//
// Layouts are dense, the last dimension innermost: input maps by batch, groups, channels, rows and columns; weights by
// their own loop dimensions in the order b, g, k, c, fy, fx. Random numbers come from the seed alone, on any platform,
// each tensor from a stream of its own: features uniform in -64 … 63, weights in -127 … 127.
//
//     const NetworkData data = random_data(workload, 1);
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "plumbline/sim/feature_values.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// Sizes of a feature map.
struct MapShape {
    std::int64_t channels = 1;  ///< of all groups
    std::int64_t rows = 1;      ///< of pixels
    std::int64_t columns = 1;   ///< of pixels
    /// In all channels.
    std::int64_t features() const { return channels * rows * columns; }
    /// Equal in all three.
    friend bool operator==(const MapShape& a, const MapShape& b)
    {
        return a.channels == b.channels && a.rows == b.rows && a.columns == b.columns;
    }
};

/// What a network computes with.
struct NetworkData {
    FeatureValues input;                             ///< its first input map
    std::map<LayerId, FeatureValues> weights;        ///< of layers that have any
    std::vector<FeatureValues> further_inputs = {};  ///< its other input maps, in the order of Workload::inputs()

    /// One of Workload::inputs(). \pre it is there
    const FeatureValues& input_map(std::size_t number) const
    {
        return number == 0 ? input : further_inputs.at(number - 1);
    }
};

/// Of the map that the layer makes.
MapShape output_shape(const Layer& layer);
/// Of the network's inputs, each as its reader reads it whole. \throws InputError where there are none
std::vector<MapShape> input_shapes(const Workload& workload);
/// Of the network's only input. \throws InputError where there are none, or several
MapShape input_shape(const Workload& workload);

/// The same on any platform for the same seed. \throws InputError as `input_shapes`
NetworkData random_data(const Workload& workload, std::uint64_t seed);

/// Passes where the machine can compute the network: int8 layers of known operators that read as many channels as there
/// are. \throws InputError naming the layer
void check_computable(const Workload& workload);
/// Passes where data is of the workload. \throws InputError where a tensor is missing or of another size than the workload needs
void check_data(const NetworkData& data, const Workload& workload);

}  // namespace plumbline::sim
#pragma GCC visibility pop
