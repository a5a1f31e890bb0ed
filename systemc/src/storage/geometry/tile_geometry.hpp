// SPDX-License-Identifier: Apache-2.0
// Which part of every feature map does a tile of a stack read and compute? Worked out from the tile's place alone.
//
// From the output tile back through the layers: a convolution reads `stride * first … stride * last + dilation *
// (window - 1)`. A map larger than what its reader reads of it in total is read in its centre, a smaller one lies in the
// centre of zeros. Along an axis on which neighbours cache what they share, a layer computes what is needed and was not
// computed by the neighbour before; along the others it computes all that is needed. Columns and rows never mix, so each
// axis is worked out by itself, once per column and once per row of the grid. Of a map that enters, copies may leave out what
// nobody reads (storage/samples.hpp).
//
//     StackGeometry geometry{workload, stack};
//     FeatureBox made = geometry.layer(i).computed(column, row);
#pragma once

#include <cstddef>
#include <vector>

#include "plumbline/schedule.hpp"
#include "plumbline/sim/feature_box.hpp"
#include "plumbline/workload.hpp"
#include "storage/geometry/network_axis.hpp"
#include "storage/geometry/samples.hpp"

namespace plumbline::sim {

/// Along one axis, per column (or row) of the grid.
struct AxisParts {
    std::vector<Interval> needed;    ///< of a map, by all of its readers, clipped to the map
    std::vector<Interval> computed;  ///< the part of it that the tile makes, or fetches where the map enters the stack
    /// Up to where tiles until then have needed the map. Where maps have edges, a reader may be done with it before others.
    std::vector<std::int64_t> reached;
    /// From where tiles behind need the map; the largest number where none does. Of an up-sampled map a tile may need what the
    /// one before it does not.
    std::vector<std::int64_t> needed_behind;
};

/// A feature map that a stack makes, or that enters it. All places are those of its samples.
struct MapGeometry {
    MapId map;
    bool enters = false;
    std::int64_t channels = 1;
    Bits precision{};  ///< of a finished feature
    Samples samples;   ///< of a map that enters, what copies of the stack bring of it
    FeatureBox whole;  ///< from 0 to the size of the map
    AxisParts columns;
    AxisParts rows;

    FeatureBox needed(std::int64_t column, std::int64_t row) const
    {
        return {columns.needed[static_cast<std::size_t>(column)], rows.needed[static_cast<std::size_t>(row)]};
    }
    FeatureBox computed(std::int64_t column, std::int64_t row) const
    {
        return {columns.computed[static_cast<std::size_t>(column)], rows.computed[static_cast<std::size_t>(row)]};
    }
    Bits size(const FeatureBox& box) const { return precision * (channels * box.pixels()); }
};

/// A feature map as one layer reads it.
struct ReadGeometry {
    std::size_t input = 0;          ///< of the layer's inputs
    std::size_t map = 0;            ///< index into StackGeometry::maps
    std::vector<Interval> columns;  ///< per column of the grid; may reach beyond the map, where there are zeros
    std::vector<Interval> rows;
    // The same as windows count them: of an up-sampled map, each of its columns and rows several times.
    std::vector<Interval> column_places;
    std::vector<Interval> row_places;

    FeatureBox window(std::int64_t column, std::int64_t row) const
    {
        return {columns[static_cast<std::size_t>(column)], rows[static_cast<std::size_t>(row)]};
    }
    FeatureBox places(std::int64_t column, std::int64_t row) const
    {
        return {column_places[static_cast<std::size_t>(column)], row_places[static_cast<std::size_t>(row)]};
    }
};

struct LayerGeometry {
    LayerId layer = 0;
    std::size_t map = 0;  ///< its output, index into StackGeometry::maps
    std::vector<ReadGeometry> reads;
};

class StackGeometry {
public:
    /// \pre `check(schedule, accelerator, workload)` passes
    /// \throws InputError where the tiles do not fill the output's map, or not in its middle, and where a layer reads other
    /// samples of a map than copies bring
    StackGeometry(const Workload& workload, const Stack& stack);

    /// In the order of the stack.
    const std::vector<LayerGeometry>& layers() const { return layers_; }
    const LayerGeometry& layer(LayerId id) const;
    /// Each before its first reader.
    const std::vector<MapGeometry>& maps() const { return maps_; }
    /// Index into maps(); none for a map that has no part in the stack.
    std::optional<std::size_t> find(MapId map) const;

private:
    void choose_samples(const Workload& workload, const Stack& stack, const NetworkAxis& columns,
                        const NetworkAxis& rows);

    std::vector<LayerGeometry> layers_;
    std::vector<MapGeometry> maps_;
};

}  // namespace plumbline::sim
