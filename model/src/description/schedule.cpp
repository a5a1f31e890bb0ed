// SPDX-License-Identifier: Apache-2.0
#include "plumbline/schedule.hpp"

#include <array>
#include <cassert>
#include <charconv>
#include <tuple>

namespace plumbline {
namespace {

constexpr std::array<std::string_view, 3> kModes{"fully-recompute", "h-cached", "fully-cached"};
constexpr std::array<std::string_view, 2> kPolicies{"optimistic", "reserved"};
constexpr std::array<std::string_view, 5> kPositions{"first", "second", "middle", "last", "only"};
constexpr std::array<std::string_view, 6> kReasons{"stack-input", "previous-output",  "cached-columns",
                                                   "cached-rows", "columns-to-cache", "rows-to-cache"};

constexpr std::array<std::string_view, 4> kResidents{"column-cache", "row-cache", "weights", "feature-map"};

template <class Enum, std::size_t N>
std::optional<Enum> value_named(const std::array<std::string_view, N>& names, std::string_view name)
{
    for (std::size_t i = 0; i < N; ++i) {
        if (names[i] == name) return static_cast<Enum>(i);
    }
    return std::nullopt;
}

/// A column (or row) of the grid.
struct GridIndex {
    std::int64_t index;
    TilePosition position;

    bool in(TilePosition other, const std::optional<TileRange>& range) const
    {
        return range ? range->contains(index) : position == other;
    }
};

const TileClass* find_class(const Stack& stack, GridIndex column, GridIndex row)
{
    for (const TileClass& each : stack.classes) {
        if (!each.loads_weights && column.in(each.column, each.columns) && row.in(each.row, each.rows)) return &each;
    }
    return nullptr;
}

/// 0 for what is no whole number above 0.
std::int64_t positive(std::string_view digits)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() && value > 0 ? value : 0;
}

/// Most special first.
std::vector<TilePosition> positions_of(std::int64_t index, std::int64_t count)
{
    const TilePosition position = position_of(index, count);
    if (index == 1 && position == TilePosition::middle) return {TilePosition::second, position};
    return {position};
}

}  // namespace

std::string_view name_of(OverlapMode mode) { return kModes[static_cast<std::size_t>(mode)]; }
std::optional<OverlapMode> overlap_mode_named(std::string_view name) { return value_named<OverlapMode>(kModes, name); }

std::string name_of(TileSize tile) { return std::to_string(tile.x) + 'x' + std::to_string(tile.y); }
std::optional<TileSize> tile_size_named(std::string_view text)
{
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos) return std::nullopt;
    const TileSize tile{positive(text.substr(0, cross)), positive(text.substr(cross + 1))};
    if (tile.x == 0 || tile.y == 0) return std::nullopt;
    return tile;
}

std::string_view name_of(CapacityPolicy policy) { return kPolicies[static_cast<std::size_t>(policy)]; }
std::optional<CapacityPolicy> capacity_policy_named(std::string_view name)
{
    return value_named<CapacityPolicy>(kPolicies, name);
}

std::string_view name_of(TilePosition position) { return kPositions[static_cast<std::size_t>(position)]; }
std::optional<TilePosition> tile_position_named(std::string_view name)
{
    return value_named<TilePosition>(kPositions, name);
}

std::string_view name_of(CopyReason reason) { return kReasons[static_cast<std::size_t>(reason)]; }
std::optional<CopyReason> copy_reason_named(std::string_view name) { return value_named<CopyReason>(kReasons, name); }

std::string_view name_of(ResidentKind kind) { return kResidents[static_cast<std::size_t>(kind)]; }
std::optional<ResidentKind> resident_kind_named(std::string_view name)
{
    return value_named<ResidentKind>(kResidents, name);
}

std::vector<Bits> bits_held_by(const std::vector<Resident>& residents, const Accelerator& accelerator)
{
    std::vector<Bits> held(accelerator.memories().size());
    for (const Resident& resident : residents) held[resident.memory] += resident.size;
    return held;
}

bool operator==(const FeatureRegion& a, const FeatureRegion& b)
{
    return std::tie(a.producer, a.channels, a.rows, a.columns, a.precision, a.input, a.row_step, a.column_step) ==
           std::tie(b.producer, b.channels, b.rows, b.columns, b.precision, b.input, b.row_step, b.column_step);
}

bool operator==(const Copy& a, const Copy& b)
{
    return a.reason == b.reason && a.region == b.region && a.from == b.from && a.to == b.to;
}

bool operator==(const CopyStep& a, const CopyStep& b)
{
    return a.before_layer == b.before_layer && a.copies == b.copies;
}

bool operator==(const ComputeStep& a, const ComputeStep& b)
{
    return a.layer == b.layer && a.mapping == b.mapping && a.residents == b.residents;
}

bool operator==(const TileClass& a, const TileClass& b)
{
    return std::tie(a.size, a.column, a.row, a.loads_weights, a.count, a.steps, a.columns, a.rows) ==
           std::tie(b.size, b.column, b.row, b.loads_weights, b.count, b.steps, b.columns, b.rows);
}

bool operator==(const Stack& a, const Stack& b)
{
    return std::tie(a.layers, a.mode, a.tile, a.grid, a.classes) ==
           std::tie(b.layers, b.mode, b.tile, b.grid, b.classes);
}

bool operator==(const Schedule& a, const Schedule& b)
{
    return std::tie(a.accelerator, a.workload, a.capacity, a.stacks) ==
           std::tie(b.accelerator, b.workload, b.capacity, b.stacks);
}

bool same_steps(const Schedule& a, const Schedule& b)
{
    return std::equal(a.stacks.begin(), a.stacks.end(), b.stacks.begin(), b.stacks.end(),
                      [](const Stack& x, const Stack& y) {
                          return x.layers == y.layers && x.grid == y.grid && x.classes == y.classes;
                      });
}

TilePosition position_of(std::int64_t index, std::int64_t count)
{
    assert(index >= 0 && index < count);
    if (count == 1) return TilePosition::only;
    if (index == 0) return TilePosition::first;
    return index + 1 == count ? TilePosition::last : TilePosition::middle;
}

const TileClass* find_class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row)
{
    if (column == 0 && row == 0) {
        for (const TileClass& each : stack.classes) {
            if (each.loads_weights) return &each;
        }
    }
    for (TilePosition x : positions_of(column, stack.grid.columns)) {
        for (TilePosition y : positions_of(row, stack.grid.rows)) {
            if (const TileClass* found = find_class(stack, {column, x}, {row, y})) return found;
        }
    }
    return nullptr;
}

const TileClass& class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row)
{
    const TileClass* found = find_class_of_tile(stack, column, row);
    assert(found != nullptr);
    return *found;
}

}  // namespace plumbline
