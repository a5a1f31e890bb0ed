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
inline constexpr std::array<OverlapMode, 3> kAllOverlapModes{OverlapMode::fully_recompute, OverlapMode::h_cached,
                                                             OverlapMode::fully_cached};

/// Whether the space that caches, resident weights and other live data take is subtracted from a memory before a layer is
/// mapped to it (`reserved`) or not (`optimistic`, as DeFiNES does).
enum class CapacityPolicy : std::uint8_t { optimistic, reserved };

/// "fully-recompute", "h-cached", "fully-cached"; "optimistic", "reserved".
std::string_view name_of(OverlapMode mode);
std::optional<OverlapMode> overlap_mode_named(std::string_view name);
std::string_view name_of(CapacityPolicy policy);
std::optional<CapacityPolicy> capacity_policy_named(std::string_view name);

/// Columns and rows of a stack's output.
struct TileSize {
    std::int64_t x = 1;
    std::int64_t y = 1;
    friend bool operator==(TileSize a, TileSize b) { return a.x == b.x && a.y == b.y; }
    friend bool operator!=(TileSize a, TileSize b) { return !(a == b); }
};
/// "60x72": columns x rows.
std::string name_of(TileSize tile);
/// Nothing unless both are whole numbers above 0, in digits only.
std::optional<TileSize> tile_size_named(std::string_view text);

/// Position of a tile class along an axis. The left-over (smaller) tile comes first; `only` where one tile covers the axis.
/// `second` is the tile after the first where it differs from those in the middle: its neighbour may cache elsewhere.
enum class TilePosition : std::uint8_t { first, second, middle, last, only };
std::string_view name_of(TilePosition position);
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
std::string_view name_of(CopyReason reason);
std::optional<CopyReason> copy_reason_named(std::string_view name);

/// A box of a feature map: the output of `producer`, or the network's (or stack's) input where there is none.
struct FeatureRegion {
    std::optional<LayerId> producer;
    std::int64_t channels = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    Bits precision{};

    Bits size() const { return Bits{channels * rows * columns * precision.count()}; }
};
bool operator==(const FeatureRegion& a, const FeatureRegion& b);

/// A memory as one operand sees it: which of its ports a transfer uses depends on both.
struct Place {
    MemoryOperand operand = MemoryOperand::i1;
    MemoryId memory = 0;
    friend bool operator==(Place a, Place b) { return a.operand == b.operand && a.memory == b.memory; }
};

/// Moves a region from one memory to another, through the memories between them.
struct Copy {
    CopyReason reason = CopyReason::stack_input;
    FeatureRegion region;
    Place from;
    Place to;
};
bool operator==(const Copy& a, const Copy& b);

/// Copies that run at the same time, before `before_layer` starts (none: before anything, they fetch the stack's input).
struct CopyStep {
    std::optional<LayerId> before_layer;
    std::vector<Copy> copies;
};
bool operator==(const CopyStep& a, const CopyStep& b);

/// What a memory holds besides the operands of the layer that runs.
enum class ResidentKind : std::uint8_t {
    column_cache,  ///< overlap for the tile to the right
    row_cache,     ///< overlap for the tiles below
    weights,       ///< of the stack's other layers
    feature_map,   ///< that a later layer will read
};
std::string_view name_of(ResidentKind kind);
std::optional<ResidentKind> resident_kind_named(std::string_view name);

struct Resident {
    ResidentKind kind = ResidentKind::column_cache;
    MemoryId memory = 0;
    Bits size{};
    friend bool operator==(Resident a, Resident b)
    {
        return a.kind == b.kind && a.memory == b.memory && a.size == b.size;
    }
};

/// Computes one layer on the tile.
struct ComputeStep {
    LayerId layer = 0;
    LayerMapping mapping;
    std::vector<Resident> residents = {};
};
bool operator==(const ComputeStep& a, const ComputeStep& b);

/// Steps run one after another.
using Step = std::variant<CopyStep, ComputeStep>;

/// Tiles of a stack that behave alike.
struct TileClass {
    TileSize size;  ///< of the stack's output
    TilePosition column = TilePosition::only;
    TilePosition row = TilePosition::only;
    bool loads_weights = false;  ///< the first tile of the stack: weights come from off-chip memory
    std::int64_t count = 1;      ///< how many tiles of the stack are of this class
    std::vector<Step> steps;
};
bool operator==(const TileClass& a, const TileClass& b);

/// A stack's tiles, in the order in which they run: row by row, left to right.
struct TileGrid {
    std::int64_t columns = 1;
    std::int64_t rows = 1;
    friend bool operator==(TileGrid a, TileGrid b) { return a.columns == b.columns && a.rows == b.rows; }
};

struct Stack {
    std::vector<LayerId> layers;  ///< in topological order
    OverlapMode mode = OverlapMode::fully_cached;
    TileSize tile;
    TileGrid grid;
    std::vector<TileClass> classes;
};
bool operator==(const Stack& a, const Stack& b);

struct Schedule {
    std::string accelerator;
    std::string workload;
    CapacityPolicy capacity = CapacityPolicy::reserved;
    std::vector<Stack> stacks;
};
bool operator==(const Schedule& a, const Schedule& b);
inline bool operator!=(const Schedule& a, const Schedule& b) { return !(a == b); }

/// Whether hardware does the same, tile by tile, for both: modes and asked-for tile sizes are but names where a tile covers the map.
bool same_steps(const Schedule& a, const Schedule& b);

/// Position of the tile in column (or row) `index` of `count`; never `second`, which only the stack's classes can tell.
TilePosition position_of(std::int64_t index, std::int64_t count);
/// Class of the tile in a column and a row of the grid; the stack's first tile has its own. Null where there is none.
const TileClass* find_class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row);
/// \pre there is one
const TileClass& class_of_tile(const Stack& stack, std::int64_t column, std::int64_t row);

/// \throws InputError where a schedule does not fit the accelerator and the workload, or its counts do not fill its grids
void check(const Schedule& schedule, const Accelerator& accelerator, const Workload& workload);

}  // namespace plumbline
#pragma GCC visibility pop
