// SPDX-License-Identifier: Apache-2.0
#include "storage/geometry/grid_places.hpp"

#include <set>

namespace plumbline::sim {
namespace {

std::vector<std::int64_t> that_differ(const Stack& stack, std::int64_t from, std::int64_t count,
                                      std::optional<TileRange> TileClass::*range)
{
    std::set<std::int64_t> places{from, from + 1, from + 2, count - 1};
    for (const TileClass& tile : stack.classes) {
        if (!(tile.*range)) continue;
        const TileRange& named = *(tile.*range);
        for (std::int64_t place : {named.first, named.first + 1, named.first + named.count - 1}) places.insert(place);
    }
    return {places.lower_bound(from), places.lower_bound(count)};
}

}  // namespace

std::vector<std::int64_t> columns_that_differ(const Stack& stack, std::int64_t from)
{
    return that_differ(stack, from, stack.grid.columns, &TileClass::columns);
}

std::vector<std::int64_t> rows_that_differ(const Stack& stack)
{
    return that_differ(stack, 0, stack.grid.rows, &TileClass::rows);
}

}  // namespace plumbline::sim
