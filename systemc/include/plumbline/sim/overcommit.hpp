// SPDX-License-Identifier: Apache-2.0
// What a schedule asks of memories that they cannot give.
//
// Schedules planned with the `optimistic` capacity policy may want more space than there is, and may forget to copy what
// lies elsewhere. A machine that could be built refuses them; one that is asked to report runs them as if, and says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "plumbline/error.hpp"
#include "plumbline/sim/activity.hpp"
#include "plumbline/sim/feature_box.hpp"

#pragma GCC visibility push(default)
namespace plumbline::sim {

/// What becomes of a schedule that asks for more than there is.
enum class Overcommit : std::uint8_t {
    refuse,  ///< an error
    report,  ///< it runs as if memories were larger and held what is read, and Findings say what was not so
};
/// "refuse", "report".
std::string_view name_of(Overcommit overcommit);
/// The one of this name; none: there is none.
std::optional<Overcommit> overcommit_named(std::string_view name);

/// The schedule is one of accelerator and workload, but a machine that could be built cannot run it: it needs more space than
/// there is, or planned with less (CapacityPolicy::optimistic) than would keep what is read. Names layer, tile and memory.
class DoesNotFit : public InputError {
public:
    using InputError::InputError;
};

/// A step whose regions do not fit a memory. Second blocks are not among them: they only take what is left.
struct Overcommitment {
    MemoryId memory = 0;         ///< that is too small
    Activity activity;           ///< of the step
    std::size_t stack = 0;       ///< of the schedule
    std::size_t tile_class = 0;  ///< of the stack
    Bits needed{};               ///< by the tile of the class that needs most, in one instance of the memory
    Bits size{};                 ///< of one instance

    /// What is missing in one instance.
    Bits over() const { return needed - size; }
};

/// A layer that reads features (or weights) which are not in the memory where it reads them; the first such tile.
struct AbsentRead {
    MemoryId memory = 0;      ///< where it reads
    LayerId layer = 0;        ///< that reads
    std::size_t stack = 0;    ///< of the schedule
    std::int64_t column = 0;  ///< of the tile, in the grid
    std::int64_t row = 0;     ///< of the tile, in the grid
    MapId map;                ///< whose features are read
    FeatureBox box;           ///< what is not there, or a part of it; empty where it is the weights
};

/// What a schedule asks for that is not there.
struct Findings {
    std::vector<Overcommitment> overcommitments;  ///< by stack, tile class, step and memory
    std::vector<AbsentRead> absent;               ///< of maps, then of weights

    /// Whether a machine that could be built runs it.
    bool empty() const { return overcommitments.empty() && absent.empty(); }
};

}  // namespace plumbline::sim
#pragma GCC visibility pop
