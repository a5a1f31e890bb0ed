// SPDX-License-Identifier: Apache-2.0
// How layers meet hardware: the rules a user writes, and the complete mapping of one layer tile that results.
//
// MappingRules say which loop dimension is unrolled over which array dimension, per layer name or operator type, with a
// "default". A LayerMapping says everything about one layer on one tile: the loops that run in space and in time, per
// operand and memory level. Prediction scores a LayerMapping, simulation executes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "plumbline/accelerator.hpp"
#include "plumbline/error.hpp"
#include "plumbline/loops.hpp"
#include "plumbline/units.hpp"
#include "plumbline/workload.hpp"

#pragma GCC visibility push(default)
namespace plumbline {

/// `dim` unrolled at most `size` times over the array dimension called `array_dimension`. Unrollings over one array
/// dimension share its lanes, the first takes what it can; those of one loop dimension share its iterations alike.
struct Unrolling {
    std::string array_dimension;  ///< its name
    LoopDim dim = LoopDim::k;     ///< that is unrolled
    std::int64_t size = 1;        ///< lanes at most
};
/// All fields equal.
bool operator==(const Unrolling& a, const Unrolling& b);

/// A place in the order of temporal loops that a rule prescribes.
struct OrderedLoop {
    std::optional<LoopDim> dim;        ///< none: any loops, as many as there are
    std::optional<std::int64_t> size;  ///< iterations; none: all iterations of the dimension that are left
};
/// Both fields equal.
bool operator==(const OrderedLoop& a, const OrderedLoop& b);

/// Which memory operand holds a layer's operand ("W" in I2, …).
struct OperandLink {
    std::string operand;                               ///< the layer's
    MemoryOperand memory_operand = MemoryOperand::i1;  ///< that holds it
};
/// Both fields equal.
bool operator==(const OperandLink& a, const OperandLink& b);

/// How layers of one name or operator type are laid out on the array.
struct MappingRule {
    /// A layer's name, an operator type, or "default". A layer is named in any network that has it: give layers with
    /// rules of their own names that say which network they are of.
    std::string name;
    std::vector<Unrolling> unrollings;  ///< in the order in which they take lanes
    std::vector<OperandLink> links;     ///< of all operands of the layers it is for
    /// Temporal loops, innermost first, in the order that the search has to keep; empty: it finds the best.
    std::vector<OrderedLoop> ordering = {};
    /// The rule, for errors; no file where it was built in memory. Equal rules may differ in it.
    SourceLocation where = {};

    /// Where an operand is held. \throws InputError where the rule does not say
    MemoryOperand link_of(const Operand& operand) const;
};
/// All fields but `where` equal.
bool operator==(const MappingRule& a, const MappingRule& b);

/// Rules for all layers of a network on one accelerator.
class MappingRules {
public:
    /// \throws InputError unless there is exactly one rule per name, and one called "default"
    explicit MappingRules(std::vector<MappingRule> rules);

    /// In the order given.
    const std::vector<MappingRule>& rules() const { return rules_; }
    /// By the layer's name, unless that is an operator type, whose rule is for all layers of the type; by its operator type;
    /// "Add" for types that join maps likewise (Concat, Sub, Mul, …); else the default.
    const MappingRule& rule_for(const Layer& layer) const;

    /// Equal rules in equal order.
    friend bool operator==(const MappingRules& a, const MappingRules& b) { return a.rules_ == b.rules_; }

private:
    std::vector<MappingRule> rules_;
};

/// A loop that runs in time, one iteration after the other.
struct TemporalLoop {
    LoopDim dim = LoopDim::k;  ///< that it runs over
    std::int64_t size = 1;     ///< iterations
    /// Both fields equal.
    friend bool operator==(const TemporalLoop& a, const TemporalLoop& b) { return a.dim == b.dim && a.size == b.size; }
};

/// A loop unrolled in space. Fractional where the unrolling does not divide the dimension: 46 rows in 12 iterations keep
/// 3.83 rows of MACs busy on average. Hardware has `ceil(size)` lanes for it, the last iteration fills only some.
struct SpatialLoop {
    LoopDim dim = LoopDim::k;  ///< that is unrolled
    double size = 1;           ///< lanes that are busy on average
    /// Both fields equal.
    friend bool operator==(const SpatialLoop& a, const SpatialLoop& b) { return a.dim == b.dim && a.size == b.size; }
};

/// Lanes of hardware that a loop unrolled in space takes.
inline std::int64_t whole_lanes(const SpatialLoop& loop) { return round_up(loop.size, kQuotientNoise); }

/// Positions along a sliding axis, of all that windows of a tile reach, that lie beyond the edges of the map.
struct AxisPadding {
    std::int64_t before = 0;  ///< the first ones
    std::int64_t behind = 0;  ///< the last ones
    /// Of an up-sampled map: positions of the first element that windows read which lie before them, less than the up-sampling.
    std::int64_t phase = 0;
    /// All fields equal.
    friend bool operator==(AxisPadding a, AxisPadding b)
    {
        return a.before == b.before && a.behind == b.behind && a.phase == b.phase;
    }
    /// Some order.
    friend bool operator<(AxisPadding a, AxisPadding b)
    {
        return std::tie(a.before, a.behind, a.phase) < std::tie(b.before, b.behind, b.phase);
    }
};

/// One operand of a mapped layer. All operands of a layer run the same sequence of temporal loops, innermost first; they
/// differ in where it is cut into memory levels ("uneven" mapping).
struct OperandMapping {
    std::string operand;                               ///< the layer's
    MemoryOperand memory_operand = MemoryOperand::i1;  ///< whose memories hold it
    /// Memory levels in use, level 0 first; shorter than the hierarchy where the tile lives in a lower level.
    std::vector<MemoryId> levels;
    /// Per memory level, innermost loop first.
    std::vector<std::vector<TemporalLoop>> temporal;
    /// One longer than `levels`: [0] between the MACs and level 0, [i + 1] between level i and the level above.
    std::vector<std::vector<SpatialLoop>> spatial;
    /// What windows find beyond the edges of a map, per sliding axis of the operand: zeros, which nobody moves. Empty where
    /// there is nothing beyond and no axis is up-sampled.
    std::vector<AxisPadding> padding = {};
};
/// All fields equal.
bool operator==(const OperandMapping& a, const OperandMapping& b);

/// The complete mapping of a layer on one tile.
struct LayerMapping {
    LoopSizes sizes = kUnitLoopSizes;      ///< of the tile
    std::vector<OperandMapping> operands;  ///< output first, then the inputs in the order of the equation
};
/// All fields equal.
bool operator==(const LayerMapping& a, const LayerMapping& b);

/// \throws InputError where levels, loops and sizes do not fit each other, the accelerator or the layer
void check(const LayerMapping& mapping, const Layer& layer, const Accelerator& accelerator);

}  // namespace plumbline
#pragma GCC visibility pop
