// SPDX-License-Identifier: Apache-2.0
#include "cost/uniform/double_buffer.hpp"

namespace plumbline::detail::uniform {
namespace {

/// Share of the memory that the data replaced per turn takes: the outermost relevant loops bring it in piecewise.
double effective_share(const OperandFacts& facts, const Reuse& reuse, std::size_t level)
{
    const std::int64_t precision = reuse.partial[level + 1] ? facts.precision : facts.final_precision;
    const std::int64_t bits = reuse.elements[level + 1] * precision / reuse.top_relevant[level + 1];
    return static_cast<double>(bits) / static_cast<double>(facts.level[level].size.count());
}

using Shares = std::array<std::array<double, kMaxLevels>, kMaxOperands>;

/// Applies `visit(other operand, its level)` to everything in the same memory, itself included.
template <class Visit>
void for_each_sharer(const LayerFacts& layer, MemoryId memory, Visit visit)
{
    for (std::size_t other = 0; other < layer.operands; ++other)
        for (std::size_t level = 0; level < layer.operand[other].levels; ++level)
            if (layer.operand[other].level[level].memory == memory) visit(other, level);
}

}  // namespace

DoubleBuffered double_buffered(const LayerFacts& layer, const MappedOperands& mapped)
{
    Shares own{};
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level)
            own[i][level] = effective_share(layer.operand[i], mapped[i].reuse, level);

    Shares used{};
    for (std::size_t i = 0; i < layer.operands; ++i)
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level)
            for_each_sharer(layer, layer.operand[i].level[level].memory,
                            [&](std::size_t j, std::size_t other) { used[i][level] += own[j][other]; });

    DoubleBuffered flags{};
    for (std::size_t i = 0; i < layer.operands; ++i) {
        for (std::size_t level = 0; level < layer.operand[i].levels; ++level) {
            const bool half_empty = used[i][level] <= 0.5;
            const bool fits_beside = own[i][level] <= 1 - used[i][level];
            flags[i][level + 1] = half_empty || fits_beside;
            if (!half_empty && fits_beside)
                for_each_sharer(layer, layer.operand[i].level[level].memory,
                                [&](std::size_t j, std::size_t other) { used[j][other] += own[i][level]; });
        }
    }
    return flags;
}

}  // namespace plumbline::detail::uniform
