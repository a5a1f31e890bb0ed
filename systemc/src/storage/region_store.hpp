// SPDX-License-Identifier: Apache-2.0
// What one memory holds of feature maps: regions that are filled, read, updated and shrunk (buffets).
//
// Per map, the store knows which pixels are there, and (for a machine that computes) their values. A region begins with
// its first fill and ends when the last of it is shrunk away. The store knows no steps: who fills what when is the
// business of StorageProgram.
//
//     store.fill(map, box, values);
//     if (store.missing(map, wanted).empty()) use(store.read(map, wanted));
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "plumbline/sim/feature_box.hpp"
#include "plumbline/sim/feature_values.hpp"
#include "plumbline/units.hpp"
#include "storage/geometry/samples.hpp"

namespace plumbline::sim {

/// How a map's pixels look in memory.
struct MapFormat {
    std::int64_t channels = 1;
    Bits precision{};
    Bits pixel() const { return precision * channels; }
};

class RegionStore {
public:
    /// Makes `box` there. What was there before is overwritten. \param values none, or of the whole box
    void fill(MapId map, const MapFormat& format, const FeatureBox& box, const FeatureValues& values = {});
    /// What of `box` is not there.
    std::vector<FeatureBox> missing(MapId map, const FeatureBox& box) const;
    /// What of `box` is there.
    std::vector<FeatureBox> common(MapId map, const FeatureBox& box) const;
    /// \pre nothing of `box` is missing, and all of it was filled with values
    FeatureValues read(MapId map, const FeatureBox& box) const;
    /// Frees all of a map but `kept`.
    void shrink(MapId map, const std::vector<FeatureBox>& kept);

    /// A store that holds of all this one map alone.
    RegionStore only(MapId map) const;
    /// The same of its samples, numbered as `samples` does.
    RegionStore sampled(MapId map, const Samples& samples) const;
    /// Holds of a map what another store does.
    void replace(MapId map, const RegionStore& other);

    /// Of one map, or of all.
    Bits held(MapId map) const;
    Bits held() const;

private:
    struct Region {
        MapFormat format;
        BoxSet filled;
        FeatureBox canvas;     ///< contains all that is filled, once there are values
        FeatureValues values;  ///< of the canvas
    };

    static void lay_out(Region& region, const FeatureBox& canvas);

    std::map<MapId, Region> regions_;
};

}  // namespace plumbline::sim
