// SPDX-License-Identifier: Apache-2.0
#include "mapper/spatial_mapping.hpp"

#include <algorithm>

#include "description/mapping_links.hpp"
#include "plumbline/error.hpp"

namespace plumbline::detail {
namespace {

/// What no unrolling has taken yet: lanes of an array dimension, iterations of a loop dimension.
struct Free {
    std::vector<std::int64_t> lanes;
    LoopSizes iterations = kUnitLoopSizes;
};

FittedUnrolling take(Free& free, std::size_t array_dimension, const Unrolling& unrolling)
{
    std::int64_t& lanes = free.lanes[array_dimension];
    std::int64_t& iterations = free.iterations[unrolling.dim];
    const std::int64_t whole = iterations;
    const std::int64_t taken = std::min({lanes, unrolling.size, whole});
    iterations = divide_up(whole, taken);
    lanes /= divide_up(whole, iterations);
    return {array_dimension, {unrolling.dim, static_cast<double>(whole) / static_cast<double>(iterations)}};
}

/// Loops over the array dimensions that a level serves fan out below it; what no level serves, above the highest.
std::vector<std::vector<SpatialLoop>> distribute(const Accelerator& accelerator, const std::vector<MemoryId>& levels,
                                                 std::vector<FittedUnrolling> unrollings)
{
    std::vector<std::vector<SpatialLoop>> spatial(levels.size() + 1);
    for (std::size_t level = 0; level < levels.size(); ++level) {
        const auto& served = accelerator.memory(levels[level]).served_dimensions;
        const auto split =
            std::stable_partition(unrollings.begin(), unrollings.end(), [&](const FittedUnrolling& each) {
                return std::find(served.begin(), served.end(), each.array_dimension) == served.end();
            });
        std::for_each(split, unrollings.end(),
                      [&](const FittedUnrolling& each) { spatial[level].push_back(each.loop); });
        unrollings.erase(split, unrollings.end());
    }
    for (const FittedUnrolling& each : unrollings) spatial.back().push_back(each.loop);
    return spatial;
}

}  // namespace

std::vector<FittedUnrolling> fit_unrollings(const MappingRule& rule, const LoopSizes& sizes, const MacArray& array)
{
    Free free{{}, sizes};
    for (const ArrayDimension& dimension : array.dimensions) free.lanes.push_back(dimension.size);
    std::vector<FittedUnrolling> fitted;
    for (const Unrolling& unrolling : rule.unrollings) {
        const auto dimension = array.dimension_named(unrolling.array_dimension);
        if (!dimension)
            throw InputError("spatial_mapping." + unrolling.array_dimension,
                             "mapping rule \"" + rule.name + "\" unrolls over \"" + unrolling.array_dimension +
                                 "\", which is no dimension of the MAC array");
        fitted.push_back(take(free, *dimension, unrolling));
    }
    std::stable_sort(fitted.begin(), fitted.end(), [](const FittedUnrolling& a, const FittedUnrolling& b) {
        return a.array_dimension < b.array_dimension;
    });
    return fitted;
}

LoopSizes temporal_sizes(const LoopSizes& sizes, const std::vector<FittedUnrolling>& unrollings)
{
    LoopSizes left = sizes;
    for (const FittedUnrolling& each : unrollings) {
        std::int64_t& iterations = left[each.loop.dim];
        iterations = round_up(static_cast<double>(iterations) / each.loop.size, kQuotientNoise);
    }
    return left;
}

LayerMapping spatial_mapping(const MappingProblem& problem, const std::vector<FittedUnrolling>& unrollings)
{
    LayerMapping mapping;
    mapping.sizes = problem.sizes;
    for (std::size_t i = 0; i < problem.levels.size(); ++i) {
        const Operand& operand = i == 0 ? problem.layer->output : problem.layer->inputs[i - 1];
        OperandMapping mapped;
        mapped.operand = operand.name;
        mapped.memory_operand = checked_link(*problem.rule, *problem.layer, i);
        mapped.levels = problem.levels[i];
        mapped.temporal.resize(mapped.levels.size());
        mapped.spatial = distribute(*problem.accelerator, mapped.levels, unrollings);
        if (i < problem.padding.size()) mapped.padding = problem.padding[i];
        mapping.operands.push_back(std::move(mapped));
    }
    return mapping;
}

}  // namespace plumbline::detail
