// SPDX-License-Identifier: Apache-2.0
// How a layer's rows (or columns) lie on the maps that it reads, for whole maps: strides, windows and where they begin.
//
// Networks as published leave things out that a machine has to know: zeros around a map that is smaller than what its
// reader reads, and the part of a map that is larger. Both follow from the sizes: a map lies in the centre of what its reader
// reads, or the other way round. Some skip connections join a coarser path without the stride that would bring them there
// (ResNet18 as published by DeFiNES): nobody can compute that, but its traffic is well defined. There, each tile reads as
// many pixels as it has outputs, from where its part of the finer map begins. Networks whose maps have edges say all that:
// windows begin at the padding, and nobody needs more of a map than there is.
#pragma once

#include <map>

#include "plumbline/sim/feature_box.hpp"

namespace plumbline::sim {

/// Along one axis: from where, and how far, outputs of a layer read.
struct Reach {
    std::int64_t stride = 1;  ///< from one output to the next
    std::int64_t window = 1;
    std::int64_t coarser = 1;  ///< how much further apart outputs lie than `stride` says
    std::int64_t begin = 0;    ///< where output 0 begins, in places of the map as it is stored
    /// How many places windows find in each pixel of the map, one beside the other: the same feature, where it is up-sampled, or those
    /// of other channels, where these hold rows and columns.
    std::int64_t upsampling = 1;

    /// From the first to the last place that outputs read, as windows count them.
    Interval places(Interval outputs) const
    {
        if (outputs.empty()) return {};
        const std::int64_t first = stride * coarser * outputs.begin + begin;
        return {first, first + stride * (outputs.size() - 1) + window};
    }
    /// Pixels of the map at these places.
    Interval of(Interval outputs) const;
};

/// What a window reaches, as far as the map goes. Of one in nothing but padding the nearest pixel: makers of the map have
/// something to do in its tile all the same.
Interval within(Interval reached, Interval whole);

/// All maps of a network along one axis (LoopDim::ox: columns).
class NetworkAxis {
public:
    NetworkAxis(const Workload& workload, LoopDim position);

    /// Of a map, from 0.
    Interval whole(MapId map) const { return {0, sizes_.at(map)}; }
    /// What the network needs of a map, with the zeros around it that readers ask for.
    Interval needed(MapId map) const { return needed_.at(map); }
    Reach reach(const Layer& layer, std::size_t input) const;

private:
    void measure_maps();
    void measure_scales();
    void measure_needs();

    std::int64_t size_read(const Layer& layer, const Operand& input) const;

    const Workload* workload_;
    LoopDim position_;
    std::map<MapId, std::int64_t> sizes_;
    /// Per map, from one pixel to the next, in pixels of each of the network's inputs that it is made of.
    std::map<MapId, std::map<MapId, std::int64_t>> scales_;
    std::map<MapId, Interval> needed_;
};

}  // namespace plumbline::sim
