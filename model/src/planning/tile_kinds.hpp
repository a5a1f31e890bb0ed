// SPDX-License-Identifier: Apache-2.0
// Which classes of a stack's tiles are planned, and which of them do the same?
//
// A class is of neighbours. Where a map is up-sampled, tiles that lie apart may be alike, so that one plan does for several
// classes: tiles of 9 columns begin at four places within a pixel that is repeated four times, over and over.
//
//     const auto classes = planned_classes(columns, rows);
//     for (const AlikeClasses& alike : alike_classes(classes)) plan(classes[alike.places.front()]);
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "planning/geometry/tile_grid.hpp"

namespace plumbline::detail {

/// Tiles of one column class and one row class, the first tile of all by itself.
struct PlannedClass {
    GridClass column;
    GridClass row;
    bool loads_weights = false;
    std::int64_t count = 0;  ///< of tiles
};

/// Row by row.
std::vector<PlannedClass> planned_classes(const std::vector<GridClass>& columns, const std::vector<GridClass>& rows);

/// Classes whose tiles take the same steps.
struct AlikeClasses {
    std::vector<std::size_t> places;  ///< in the list of classes, in order; at least one
    std::int64_t tiles = 0;           ///< of all of them
};

/// In the order of their first classes.
std::vector<AlikeClasses> alike_classes(const std::vector<PlannedClass>& classes);

/// The first of each kind. \param along columns or rows
std::vector<GridClass> kinds_of(const std::vector<GridClass>& along);

}  // namespace plumbline::detail
