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
    LeastBlock block{described.name, described.precision, false, level + 1 == problem.levels[operand].size(),
                     operand == 0,   described.constant};
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

/// What says how wide elements of a block are.
std::string precision_field(const LeastBlock& block)
{
    return "operand_precision." + block.operand + (block.output && !block.partial_sum ? "_final" : "");
}

std::string onnx_flag(const LeastBlock& block)
{
    if (block.constant) return "--onnx-weight-bits";
    return block.partial_sum ? "--onnx-partial-bits" : "--onnx-activation-bits";
}

/// How wide elements may be, where nothing but their width is too much.
std::string way_out(const Shortage& shortage, const Memory& memory)
{
    if (shortage.blocks.size() != 1 || shortage.taken > Bits{} || memory.size < Bits{1}) return {};
    const LeastBlock& block = shortage.blocks.front();
    if (block.whole) return {};
    const std::string fits = std::to_string(memory.size.count());
    return "; it holds those of a network whose " + precision_field(block) + " is " + fits +
           " (in ONNX: " + onnx_flag(block) + ' ' + fits + ')';
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
    text << ')' << way_out(shortage, memory);
    return text.str();
}

}  // namespace plumbline::detail
