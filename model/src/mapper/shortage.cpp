// SPDX-License-Identifier: Apache-2.0
#include "mapper/shortage.hpp"

#include <algorithm>
#include <sstream>

#include "description/map_edges.hpp"
#include "mapper/spatial_mapping.hpp"

namespace plumbline::detail {
namespace {

/// Whether sums are added to in more than one iteration, however much the rule unrolls.
bool accumulates(const MappingProblem& problem)
{
    const auto unrollings = fit_unrollings(*problem.rule, problem.sizes, problem.accelerator->array());
    const LoopSizes left = temporal_sizes(problem.sizes, unrollings);
    return std::any_of(kAllLoopDims.begin(), kAllLoopDims.end(),
                       [&](LoopDim dim) { return left[dim] > 1 && !problem.layer->output.relevant.contains(dim); });
}

/// Of one operand at one level. Above the lowest one, sums may be finished.
LeastBlock least_block(const MappingProblem& problem, std::size_t operand, std::size_t level)
{
    const Layer& layer = *problem.layer;
    const Operand& described = operand == 0 ? layer.output : layer.inputs[operand - 1];
    LeastBlock block{described.name, described.precision, false, level + 1 == problem.levels[operand].size()};
    if (operand == 0) {
        block.partial_sum = level == 0 && accumulates(problem);
        if (!block.partial_sum) block.size = layer.final_precision;
    }
    const std::vector<AxisPadding> padding =
        operand < problem.padding.size() ? problem.padding[operand] : std::vector<AxisPadding>{};
    if (block.whole) block.size = block.size * elements_between(described, problem.sizes, padding);
    return block;
}

std::vector<LeastBlock> least_blocks(const MappingProblem& problem, MemoryId memory)
{
    std::vector<LeastBlock> blocks;
    for (std::size_t operand = 0; operand < problem.levels.size(); ++operand)
        for (std::size_t level = 0; level < problem.levels[operand].size(); ++level)
            if (problem.levels[operand][level] == memory) blocks.push_back(least_block(problem, operand, level));
    return blocks;
}

Bits sum_of(const std::vector<LeastBlock>& blocks)
{
    Bits sum{};
    for (const LeastBlock& block : blocks) sum += block.size;
    return sum;
}

std::string text_of(const LeastBlock& block)
{
    if (block.whole) return "all of " + block.operand;
    return (block.partial_sum ? "a partial sum of " : "an element of ") + block.operand;
}

}  // namespace

std::optional<Shortage> innermost_shortage(const MappingProblem& problem)
{
    for (MemoryId memory = 0; memory < problem.accelerator->memories().size(); ++memory) {
        Shortage shortage{memory, {}, least_blocks(problem, memory)};
        if (memory < problem.reserved.size()) shortage.taken = problem.reserved[memory];
        const bool used = !shortage.blocks.empty();
        if (used && shortage.taken + sum_of(shortage.blocks) > problem.accelerator->memory(memory).size)
            return shortage;
    }
    return std::nullopt;
}

std::string text_of(const Shortage& shortage, const Accelerator& accelerator)
{
    const Memory& memory = accelerator.memory(shortage.memory);
    std::ostringstream text;
    text << memory.name << " has " << memory.size << ", but needs at least " << shortage.taken + sum_of(shortage.blocks)
         << " (";
    for (const LeastBlock& block : shortage.blocks)
        text << (&block == shortage.blocks.data() ? "" : ", ") << text_of(block) << ": " << block.size;
    if (shortage.taken > Bits{}) text << ", caches, weights and maps of other layers: " << shortage.taken;
    text << ')';
    return text.str();
}

}  // namespace plumbline::detail
