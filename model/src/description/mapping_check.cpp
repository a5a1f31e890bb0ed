// SPDX-License-Identifier: Apache-2.0
// Does the mapping of a layer fit the layer, the accelerator and itself?

#include <algorithm>
#include <limits>
#include <tuple>

#include "description/basics/bounds.hpp"
#include "description/basics/field_names.hpp"
#include "description/basics/saturating.hpp"
#include "description/map_edges.hpp"
#include "plumbline/error.hpp"
#include "plumbline/mapping.hpp"
#include "plumbline/text_stream.hpp"

namespace plumbline {
namespace {

constexpr std::int64_t kLongestLoop = std::int64_t{1} << 31;

template <class Loop>
std::vector<Loop> flat(const std::vector<std::vector<Loop>>& per_level)
{
    std::vector<Loop> all;
    for (const auto& loops : per_level) all.insert(all.end(), loops.begin(), loops.end());
    return all;
}

std::vector<SpatialLoop> sorted(std::vector<SpatialLoop> loops)
{
    std::sort(loops.begin(), loops.end(), [](const SpatialLoop& a, const SpatialLoop& b) {
        return std::tie(a.dim, a.size) < std::tie(b.dim, b.size);
    });
    return loops;
}

void check_sizes(const LoopSizes& sizes)
{
    for (LoopDim dim : kAllLoopDims) {
        if (sizes[dim] >= 1 && sizes[dim] <= kMostMacs.value()) continue;
        throw InputError{"sizes." + std::string{name_of(dim)},
                         "is " + std::to_string(sizes[dim]) + ", expected at least 1 and at most " + kMostMacs.text()};
    }
}

void check_levels(const OperandMapping& operand, const Accelerator& accelerator, const std::string& field)
{
    const std::vector<MemoryId>& hierarchy = accelerator.levels(operand.memory_operand);
    const std::string who{name_of(operand.memory_operand)};
    if (operand.levels.empty()) throw InputError{field, "is empty, expected at least one memory"};
    if (operand.levels.size() > hierarchy.size()) {
        throw InputError{field, "has " + std::to_string(operand.levels.size()) + " levels, but " + who + " has only " +
                                    std::to_string(hierarchy.size())};
    }
    for (std::size_t i = 0; i < operand.levels.size(); ++i) {
        if (operand.levels[i] == hierarchy[i]) continue;
        throw InputError{indexed(field, i), "expected " + accelerator.memory(hierarchy[i]).name + ", level " +
                                                std::to_string(i) + " of " + who};
    }
}

void check_counts(const OperandMapping& operand, const std::string& field)
{
    const std::size_t levels = operand.levels.size();
    if (operand.temporal.size() != levels) {
        throw InputError{field + ".temporal", "has " + std::to_string(operand.temporal.size()) +
                                                  " lists of loops, expected one per level: " + std::to_string(levels)};
    }
    if (operand.spatial.size() != levels + 1) {
        throw InputError{field + ".spatial",
                         "has " + std::to_string(operand.spatial.size()) +
                             " lists of loops, expected one more than levels: " + std::to_string(levels + 1)};
    }
}

std::string text_of(std::int64_t size) { return std::to_string(size); }
std::string text_of(double size) { return shortest_text(size); }

template <class Loop>
void check_loops(const std::vector<std::vector<Loop>>& per_level, const std::string& field)
{
    std::size_t count = 0;
    for (const std::vector<Loop>& loops : per_level) count += loops.size();
    if (count > kMostLoops) {
        throw InputError{field,
                         "has " + std::to_string(count) + " loops, expected at most " + std::to_string(kMostLoops)};
    }
    for (std::size_t i = 0; i < per_level.size(); ++i) {
        for (std::size_t j = 0; j < per_level[i].size(); ++j) {
            const Loop& loop = per_level[i][j];
            if (loop.size >= 1 && loop.size <= static_cast<decltype(loop.size)>(kLongestLoop)) continue;
            throw InputError{indexed(indexed(field, i), j), "loop over " + std::string{name_of(loop.dim)} +
                                                                " has size " + text_of(loop.size) +
                                                                ", expected at least 1 and at most 2^31"};
        }
    }
}

/// Loops unrolled above a level need as many instances of its memory.
void check_instances(const OperandMapping& operand, const Accelerator& accelerator, const std::string& field)
{
    std::int64_t needed = 1;
    for (std::size_t i = operand.levels.size(); i-- > 0;) {
        for (const SpatialLoop& loop : operand.spatial[i + 1]) needed = saturating_product(needed, whole_lanes(loop));
        const std::int64_t present = accelerator.instances(operand.levels[i]);
        if (needed <= present) continue;
        throw InputError{indexed(field + ".spatial", i + 1), "needs " + std::to_string(needed) + " instances of " +
                                                                 accelerator.memory(operand.levels[i]).name +
                                                                 ", there are " + std::to_string(present)};
    }
    for (const SpatialLoop& loop : operand.spatial.front()) needed = saturating_product(needed, whole_lanes(loop));
    if (needed <= accelerator.array().units()) return;
    throw InputError{field + ".spatial", "needs " + std::to_string(needed) + " MACs, there are " +
                                             std::to_string(accelerator.array().units())};
}

void check_operand(const OperandMapping& operand, const Accelerator& accelerator, const std::string& field)
{
    check_levels(operand, accelerator, field + ".levels");
    check_counts(operand, field);
    check_loops(operand.temporal, field + ".temporal");
    check_loops(operand.spatial, field + ".spatial");
    check_instances(operand, accelerator, field);
}

void check_names(const LayerMapping& mapping, const Layer& layer)
{
    if (mapping.operands.size() != layer.inputs.size() + 1) {
        throw InputError{"operands", "are " + std::to_string(mapping.operands.size()) + ", but layer '" + layer.name +
                                         "' has " + std::to_string(layer.inputs.size() + 1)};
    }
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        const std::string field = indexed("operands", i);
        const std::string& expected = i == 0 ? layer.output.name : layer.inputs[i - 1].name;
        if (mapping.operands[i].operand != expected) {
            throw InputError{field + ".operand", "is '" + mapping.operands[i].operand + "', expected '" + expected +
                                                     "' as in the equation of layer '" + layer.name + '\''};
        }
        if ((mapping.operands[i].memory_operand == MemoryOperand::o) != (i == 0)) {
            throw InputError{field + ".memory_operand",
                             i == 0 ? "an output goes to O" : "an input comes from I1 or I2"};
        }
    }
}

void check_same_loops(const LayerMapping& mapping)
{
    const OperandMapping& first = mapping.operands.front();
    for (std::size_t i = 1; i < mapping.operands.size(); ++i) {
        const OperandMapping& operand = mapping.operands[i];
        if (flat(operand.temporal) != flat(first.temporal)) {
            throw InputError{indexed("operands", i) + ".temporal",
                             "expected the same sequence of loops as for operand " + first.operand};
        }
        if (sorted(flat(operand.spatial)) != sorted(flat(first.spatial))) {
            throw InputError{indexed("operands", i) + ".spatial",
                             "expected the same unrolled loops as for operand " + first.operand};
        }
    }
}

void check_coverage(const LayerMapping& mapping)
{
    LoopSizes covered = kUnitLoopSizes;
    const auto repeat = [&](LoopDim dim, std::int64_t times) {
        covered[dim] = saturating_product(covered[dim], times);
    };
    for (const TemporalLoop& loop : flat(mapping.operands.front().temporal)) repeat(loop.dim, loop.size);
    for (const SpatialLoop& loop : flat(mapping.operands.front().spatial)) repeat(loop.dim, whole_lanes(loop));
    std::int64_t iterations = 1;
    for (LoopDim dim : kAllLoopDims) {
        iterations = saturating_product(iterations, covered[dim]);
        if (covered[dim] >= mapping.sizes[dim]) continue;
        throw InputError{"operands[0].temporal", "the loops cover " + std::to_string(covered[dim]) + " of " +
                                                     std::to_string(mapping.sizes[dim]) + " iterations of " +
                                                     std::string{name_of(dim)}};
    }
    if (iterations <= kMostMacs.value()) return;
    throw InputError{"operands[0].temporal", "the loops run more than " + kMostMacs.text() + " times"};
}

void check_padding(const OperandMapping& mapping, const Operand& operand, const LoopSizes& sizes,
                   const std::string& field)
{
    const bool upsampled = std::any_of(operand.sliding.begin(), operand.sliding.end(),
                                       [](const SlidingAxis& axis) { return axis.upsampling > 1; });
    if (mapping.padding.empty() && !upsampled) return;
    if (mapping.padding.size() != operand.sliding.size())
        throw InputError{field, "has " + std::to_string(mapping.padding.size()) +
                                    " entries, expected one for each of " + std::to_string(operand.sliding.size()) +
                                    " axes that " + operand.name + " slides along"};
    for (std::size_t i = 0; i < mapping.padding.size(); ++i) {
        const SlidingAxis& axis = operand.sliding[i];
        const AxisPadding padding = mapping.padding[i];
        const std::int64_t most = window_span(axis, sizes[axis.position], sizes[axis.window]);
        for (std::int64_t each : {padding.before, padding.behind})
            if (each < 0 || each > most)
                throw InputError{indexed(field, i), "is " + std::to_string(each) + " along " + axis.name +
                                                        ", expected 0 to " + std::to_string(most)};
        if (padding.phase < 0 || padding.phase >= axis.upsampling)
            throw InputError{indexed(field, i), "has a phase of " + std::to_string(padding.phase) + " along " +
                                                    axis.name + ", expected 0 to " +
                                                    std::to_string(axis.upsampling - 1)};
    }
}

}  // namespace

void check(const LayerMapping& mapping, const Layer& layer, const Accelerator& accelerator)
{
    check_sizes(mapping.sizes);
    check_names(mapping, layer);
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        check_operand(mapping.operands[i], accelerator, indexed("operands", i));
    }
    for (std::size_t i = 0; i < mapping.operands.size(); ++i) {
        check_padding(mapping.operands[i], i == 0 ? layer.output : layer.inputs[i - 1], mapping.sizes,
                      indexed("operands", i) + ".padding");
    }
    check_same_loops(mapping);
    check_coverage(mapping);
}

}  // namespace plumbline
