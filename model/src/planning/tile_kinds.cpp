// SPDX-License-Identifier: Apache-2.0
#include "planning/tile_kinds.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

namespace plumbline::detail {

std::vector<PlannedClass> planned_classes(const std::vector<GridClass>& columns, const std::vector<GridClass>& rows)
{
    std::vector<PlannedClass> classes;
    for (const GridClass& row : rows)
        for (const GridClass& column : columns) {
            const bool has_first_tile = column.first() && row.first();
            const std::int64_t count = column.tiles.count * row.tiles.count - (has_first_tile ? 1 : 0);
            if (has_first_tile) classes.push_back({column, row, true, 1});
            if (count > 0) classes.push_back({column, row, false, count});
        }
    return classes;
}

std::vector<AlikeClasses> alike_classes(const std::vector<PlannedClass>& classes)
{
    std::vector<AlikeClasses> alike;
    std::map<std::tuple<std::int64_t, std::int64_t, bool>, std::size_t> known;
    for (std::size_t place = 0; place < classes.size(); ++place) {
        const PlannedClass& each = classes[place];
        const auto [kind, is_new] =
            known.try_emplace({each.column.first_alike, each.row.first_alike, each.loads_weights}, alike.size());
        if (is_new) alike.emplace_back();
        alike[kind->second].places.push_back(place);
        alike[kind->second].tiles += each.count;
    }
    return alike;
}

std::vector<GridClass> kinds_of(const std::vector<GridClass>& along)
{
    std::vector<GridClass> kinds;
    std::copy_if(along.begin(), along.end(), std::back_inserter(kinds),
                 [](const GridClass& each) { return each.first_alike == each.tiles.first; });
    return kinds;
}

}  // namespace plumbline::detail
