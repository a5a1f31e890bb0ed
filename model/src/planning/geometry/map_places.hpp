// SPDX-License-Identifier: Apache-2.0
// How do the maps of a network lie on each other along one axis: from where does each layer read what?
//
// Descriptions without edges give sizes, not places. A map that is larger than what a layer reads of it is read in its centre; a smaller
// one lies in the centre of what is read. Where branches of unlike windows meet, this says which of their columns are the
// same, and so which a neighbouring tile has made already. Where maps have edges, windows begin at their padding.
//
//     MapPlaces columns{workload, LoopDim::ox};
//     columns.reach(layer, 1).of({0, 4})  // what the first four outputs read of the input
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "plumbline/workload.hpp"

namespace plumbline::detail {

/// Half of a length, rounded down, negative ones too: what lies before a smaller thing in the centre of a larger one.
std::int64_t halve_down(std::int64_t value);

/// Rounded down, negative values too. \pre `by` is positive
std::int64_t divide_down(std::int64_t value, std::int64_t by);

/// Columns or rows of a map, half open.
struct Interval {
    std::int64_t begin = 0;
    std::int64_t end = 0;

    bool empty() const { return begin >= end; }
    std::int64_t size() const { return empty() ? 0 : end - begin; }
};

/// The smallest that contains both; an empty one counts for nothing.
Interval hull(Interval a, Interval b);
/// What of `part` lies in `whole`. Of a part that lies beyond, the nearest place: a window in nothing but padding has a map
/// to read all the same. \pre `whole` is not empty
Interval clipped(Interval part, Interval whole);

/// What outputs of a layer read of an input along one axis.
struct Reach {
    std::int64_t stride = 1;   ///< from one output to the next
    std::int64_t window = 1;   ///< from the first to the last tap
    std::int64_t coarser = 1;  ///< how many strides the next tile begins further on than its outputs say (below)
    std::int64_t begin = 0;    ///< where output 0 begins to read
    /// Of an up-sampled map, or one whose channels hold rows and columns, positions of each element: stride, window and begin count
    /// positions.
    std::int64_t upsampling = 1;
    // Of those, how many in the first and in the last element are no part of the map.
    std::int64_t cut_before = 0;
    std::int64_t cut_behind = 0;

    /// Where an output begins to read.
    std::int64_t position(std::int64_t output) const { return stride * coarser * output + begin; }
    /// From the first position that outputs read to the last.
    std::int64_t positions(std::int64_t outputs) const { return stride * (outputs - 1) + window; }
    /// Elements.
    Interval of(Interval outputs) const;
};

/// One axis of a network. A branch may join a coarser one without the stride that would bring it there (ResNet18 as DeFiNES
/// publishes it). Nobody can compute that, but what it moves is well defined: as many pixels as outputs, from where the
/// tile's part of the finer map begins.
class MapPlaces {
public:
    /// \param position LoopDim::ox: columns; LoopDim::oy: rows
    MapPlaces(const Workload& workload, LoopDim position);

    Reach reach(const Layer& layer, std::size_t input) const;

private:
    /// The output of a layer, or an input of the network: the layer that reads it, and which of its inputs.
    using Map = std::pair<LayerId, std::optional<std::size_t>>;
    /// From one pixel of a map to the next, in pixels of each input of the network that it is made of.
    using Scales = std::map<Map, std::int64_t>;

    static Map map_of(const Layer& layer, std::size_t input);

    LoopDim position_;
    bool bounded_;
    std::map<Map, std::int64_t> size_;
    std::map<Map, Scales> scale_;
};

}  // namespace plumbline::detail
