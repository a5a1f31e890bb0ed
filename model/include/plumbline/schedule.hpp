// SPDX-License-Identifier: Apache-2.0
// A depth-first schedule: everything the hardware will do, and nothing of what it costs.
//
// A stack of fused layers is computed tile by tile of its last layer's output. Tiles that behave alike form a tile class,
// which occurs `count` times; its steps are copies between memories and layers computed on the tile. The model predicts
// the cost of a Schedule, the machine in systemc/ executes it. It is a value: it compares, and io/ writes it as JSON.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plumbline/mapping.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// What neighbouring tiles share is recomputed, or cached in columns, or cached in columns and rows
/// (DeFiNES: modes 1, 2 and 3).
enum class OverlapMode : std::uint8_t { fully_recompute, h_cached, fully_cached };
/// In the order of the enumerators.
inline constexpr std::array<OverlapMode, 3> kAllOverlapModes{OverlapMode::fully_recompute, OverlapMode::h_cached,
                                                             OverlapMode::fully_cached};

/// Whether the space that caches, resident weights and other live data take is subtracted from a memory before a layer is
/// mapped to it (`reserved`) or not (`optimistic`, as DeFiNES does).
enum class CapacityPolicy : std::uint8_t { optimistic, reserved };

/// "fully-recompute", "h-cached", "fully-cached".
std::string_view name_of(OverlapMode mode);
/// The mode of that name; nothing for other names.
std::optional<OverlapMode> overlap_mode_named(std::string_view name);
/// "optimistic", "reserved".
std::string_view name_of(CapacityPolicy policy);
/// The policy of that name; nothing for other names.
std::optional<CapacityPolicy> capacity_policy_named(std::string_view name);

/// Columns and rows of a stack's output.
struct TileSize {
    std::int64_t x = 1;  ///< columns
    std::int64_t y = 1;  ///< rows
    /// Equal along both axes.
    friend bool operator==(TileSize a, TileSize b) { return a.x == b.x && a.y == b.y; }
    /// Different along some axis.
    friend bool operator!=(TileSize a, TileSize b) { return !(a == b); }
};
/// "60x72": columns x rows.
std::string name_of(TileSize tile);
/// Nothing unless both are whole numbers above 0, in digits only.
std::optional<TileSize> tile_size_named(std::string_view text);

/// Position of a tile class along an axis. The left-over (smaller) tile comes first; `only` where one tile covers the axis.
/// `second` is the tile after the first where it differs from those in the middle: its neighbour may cache elsewhere.
enum class TilePosition : std::uint8_t { first, second, middle, last, only };
/// "first", "second", "middle", "last", "only".
std::string_view name_of(TilePosition position);
/// The position of that name; nothing for other names.
std::optional<TilePosition> tile_position_named(std::string_view name);

/// Why a copy happens.
enum class CopyReason : std::uint8_t {
    stack_input,       ///< the tile's share of the stack's input
    previous_output,   ///< a layer's output, to where the next expects its input
    cached_columns,    ///< columns that the tile to the left left behind, to the input
    cached_rows,       ///< rows that the tile above left behind, to the input
    columns_to_cache,  ///< columns of an output that the tile to the right will need
    rows_to_cache,     ///< rows of an output that the tile below will need
};
/// "stack-input", "previous-output", "cached-columns", "cached-rows", "columns-to-cache", "rows-to-cache".
std::string_view name_of(CopyReason reason);
/// The reason of that name; nothing for other names.
std::optional<CopyReason> copy_reason_named(std::string_view name);

/// A box of a feature map: the output of `producer`, or an input of the network where there is none. Rows and columns of a
/// map that enters a stack, and that no layer of the stack reads, may be left out: where each layer reads every other row,
/// `row_step` is 2, and `rows` counts those that are read.
struct FeatureRegion {
    std::optional<LayerId> producer;  ///< the layer; none: an input of the network
    std::int64_t channels = 0;        ///< batch and groups included
    std::int64_t rows = 0;            ///< along y, those that are left out not counted
    std::int64_t columns = 0;         ///< along x, likewise
    Bits precision{};                 ///< of one feature
    std::size_t input = 0;            ///< without a producer: which of Workload::inputs()
    std::int64_t row_step = 1;        ///< rows of the map from one of the region to the next
    std::int64_t column_step = 1;     ///< columns of the map from one of the region to the next

    /// Bits of all its features. \pre the product fits int64, as check() makes sure
    Bits size() const { return Bits{channels * rows * columns * precision.count()}; }
};
/// All fields equal.
bool operator==(const FeatureRegion& a, const FeatureRegion& b);

/// A memory as one operand sees it: which of its ports a transfer uses depends on both.
struct Place {
    MemoryOperand operand = MemoryOperand::i1;  ///< whose ports are used
    MemoryId memory = 0;                        ///< of the accelerator
    /// Both fields equal.
    friend bool operator==(Place a, Place b) { return a.operand == b.operand && a.memory == b.memory; }
};

/// Moves a region from one memory to another, through the memories between them.
struct Copy {
    CopyReason reason = CopyReason::stack_input;  ///< for reports, and to find caches
    FeatureRegion region;                         ///< what moves
    Place from;                                   ///< where it is read
    Place to;                                     ///< where it is written
};
/// All fields equal.
bool operator==(const Copy& a, const Copy& b);

/// Copies that run at the same time, before `before_layer` starts (none: before anything, they fetch the stack's input).
struct CopyStep {
    std::optional<LayerId> before_layer;  ///< of the stack
    std::vector<Copy> copies;             ///< they begin at once
};
/// All fields equal.
bool operator==(const CopyStep& a, const CopyStep& b);

/// What a memory holds besides the operands of the layer that runs.
enum class ResidentKind : std::uint8_t {
    column_cache,  ///< overlap for the tile to the right
    row_cache,     ///< overlap for the tiles below
    weights,       ///< of the stack's other layers
    feature_map,   ///< that a later layer will read
};
/// "column-cache", "row-cache", "weights", "feature-map".
std::string_view name_of(ResidentKind kind);
/// The kind of that name; nothing for other names.
std::optional<ResidentKind> resident_kind_named(std::string_view name);

/// Bits that stay in a memory while a layer runs.
struct Resident {
    ResidentKind kind = ResidentKind::column_cache;  ///< what it is
    MemoryId memory = 0;                             ///< that holds it
    Bits size{};                                     ///< in one instance of the memory
    /// All fields equal.
    friend bool operator==(Resident a, Resident b)
    {
        return a.kind == b.kind && a.memory == b.memory && a.size == b.size;
    }
};
/// Bits that residents hold of each memory. \pre their memories are the accelerator's
std::vector<Bits> bits_held_by(const std::vector<Resident>& residents, const Accelerator& accelerator);

/// Computes one layer on the tile.
struct ComputeStep {
    LayerId layer = 0;                     ///< of the stack
    LayerMapping mapping;                  ///< of the layer on this tile
    std::vector<Resident> residents = {};  ///< what memories hold besides
};
/// All fields equal.
bool operator==(const ComputeStep& a, const ComputeStep& b);

/// Steps run one after another.
using Step = std::variant<CopyStep, ComputeStep>;

/// Neighbouring columns (or rows) of the tile grid.
struct TileRange {
    std::int64_t first = 0;  ///< index of the first
    std::int64_t count = 1;  ///< how many
    /// Whether the column (or row) is one of them.
    bool contains(std::int64_t index) const { return index >= first && index - first < count; }
    /// Both fields equal.
    friend bool operator==(TileRange a, TileRange b) { return a.first == b.first && a.count == b.count; }
};

/// Tiles of a stack that behave alike.
struct TileClass {
    TileSize size;                             ///< of the stack's output
    TilePosition column = TilePosition::only;  ///< where its tiles lie along x
    TilePosition row = TilePosition::only;     ///< where its tiles lie along y
    bool loads_weights = false;                ///< the first tile of the stack: weights come from off-chip memory
    std::int64_t count = 1;                    ///< how many tiles of the stack are of this class
    std::vector<Step> steps;                   ///< in the order in which they run
    /// Which columns of the grid, where the position does not tell: some lie near an edge of a map, others do not.
    std::optional<TileRange> columns = {};
    std::optional<TileRange> rows = {};  ///< which rows, likewise
};
/// All fields equal.
bool operator==(const TileClass& a, const TileClass& b);

/// A stack's tiles, in the order in which they run: row by row, left to right.
struct TileGrid {
    std::int64_t columns = 1;  ///< tiles along x
    std::int64_t rows = 1;     ///< tiles along y
    /// Both fields equal.
    friend bool operator==(TileGrid a, TileGrid b) { return a.columns == b.columns && a.rows == b.rows; }
};

/// Layers that are fused, and their tiles.
struct Stack {
    std::vector<LayerId> layers;                   ///< in topological order
    OverlapMode mode = OverlapMode::fully_cached;  ///< between its tiles
    TileSize tile;                                 ///< of a full tile of the stack's output
    TileGrid grid;                                 ///< that covers the stack's output
    std::vector<TileClass> classes;                ///< each tile of the grid belongs to one
};
/// All fields equal.
bool operator==(const Stack& a, const Stack& b);

/// What the hardware does, stack by stack.
struct Schedule {
    std::string accelerator;                             ///< name of what it is for
    std::string workload;                                ///< name of what it computes
    CapacityPolicy capacity = CapacityPolicy::reserved;  ///< under which it was planned
    std::vector<Stack> stacks;                           ///< in the order in which they run
};
/// All fields equal.
bool operator==(const Schedule& a, const Schedule& b);
/// Some field differs.
inline bool operator!=(const Schedule& a, const Schedule& b) { return !(a == b); }

/// A step of a schedule, and where it stands: `schedule.stacks[stack].classes[tile_class].steps[step]`. Refers to the
/// schedule, which must outlive it.
struct ScheduledStep {
    std::size_t stack = 0;       ///< index in the schedule
    std::size_t tile_class = 0;  ///< index in the stack
    std::size_t step = 0;        ///< index in the class
    const TileClass& tiles;      ///< those that take the step: it occurs `tiles.count` times
    const Step& what;            ///< a copy step or a compute step

    /// Null where the step copies.
    const ComputeStep* compute() const { return std::get_if<ComputeStep>(&what); }
    /// Null where the step computes.
    const CopyStep* copies() const { return std::get_if<CopyStep>(&what); }
};

/// Calls `visit(const ScheduledStep&)` for each step of a stack, class by class. `index`: of the stack in its schedule.
template <class Visit>
void for_each_step(const Stack& stack, Visit&& visit, std::size_t index = 0)
{
    for (std::size_t each = 0; each < stack.classes.size(); ++each) {
        const TileClass& tiles = stack.classes[each];
        for (std::size_t step = 0; step < tiles.steps.size(); ++step) {
            visit(ScheduledStep{index, each, step, tiles, tiles.steps[step]});
        }
    }
}

/// Calls `visit(const ScheduledStep&)` for each step of a schedule: stack by stack, class by class, in the order in which a
/// tile takes them.
template <class Visit>
void for_each_step(const Schedule& schedule, Visit&& visit)
{
    for (std::size_t i = 0; i < schedule.stacks.size(); ++i) for_each_step(schedule.stacks[i], visit, i);
}

/// Whether hardware does the same, tile by tile, for both: modes and asked-for tile sizes are but names where a tile covers the map.
bool same_steps(const Schedule& a, const Schedule& b);

/// Position of the tile in column (or row) `index` of `count`; never `second`, which only the stack's classes can tell.
TilePosition position_of(std::int64_t index, std::int64_t count);
/// Class of the tile in a column and a row of the grid; the stack's first tile has its own. Null where there is none.
const TileClass* find_class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row);
/// The same, where there must be one. \pre there is one
const TileClass& class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row);

/// \throws InputError where a schedule does not fit the accelerator and the workload, or its counts do not fill its grids
void check(const Schedule& schedule, const Accelerator& accelerator, const Workload& workload);

/// \throws InputError where a schedule copies more rows or columns of a map than any choice of stacks and tiles reads of it.
/// \pre `check` passes
void check_regions(const Schedule& schedule, const Workload& workload);

}  // namespace plumbline
#pragma GCC visibility pop
