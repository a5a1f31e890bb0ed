// SPDX-License-Identifier: Apache-2.0
#include "exploration/bounds/refetch_bound.hpp"

#include <algorithm>

#include "exploration/bounds/shared_lanes.hpp"

namespace plumbline::detail {
namespace {

/// The one constant operand; null where there are none or several.
const Operand* only_weights(const Layer& layer)
{
    const Operand* weights = nullptr;
    for (const Operand& input : layer.inputs) {
        if (!input.constant) continue;
        if (weights != nullptr) return nullptr;
        weights = &input;
    }
    return weights;
}

bool has_two_levels(const Accelerator& accelerator, MemoryOperand operand)
{
    return accelerator.levels(operand).size() >= 2;
}

/// Whether each loop goes through weights, outputs or both.
bool index_all(const Operand& weights, const Layer& layer)
{
    return std::all_of(kAllLoopDims.begin(), kAllLoopDims.end(), [&](LoopDim dim) {
        return layer.sizes[dim] == 1 || weights.relevant.contains(dim) || layer.output.relevant.contains(dim);
    });
}

/// Product of the loops of a pixel that do not index an operand.
double others(const Operand& operand, const Layer& layer)
{
    const LoopSizes sizes = with_tile(layer, 1, 1);
    double product = 1;
    for (LoopDim dim : kAllLoopDims)
        if (!operand.relevant.contains(dim)) product *= static_cast<double>(sizes[dim]);
    return product;
}

}  // namespace

RefetchFloor::RefetchFloor(const Passage& passage, const StackNode& node)
{
    const Layer& layer = *node.layer;
    const Operand* weights = only_weights(layer);
    if (weights == nullptr || !index_all(*weights, layer)) return;
    const MemoryOperand memory = node.rule->link_of(*weights);
    const Accelerator& accelerator = passage.accelerator();
    if (!has_two_levels(accelerator, memory) || !has_two_levels(accelerator, MemoryOperand::o)) return;
    const auto macs = static_cast<double>(volume(with_tile(layer, 1, 1)));
    const Bits sum = std::min(layer.output.precision, layer.final_precision);
    if (weights->precision == Bits{} || sum == Bits{}) return;
    weights_ = {static_cast<double>(elements(*weights, layer.sizes)), macs / most_lanes_sharing(*weights, *node.rule),
                others(*weights, layer), held_by_lane(passage, memory, weights->precision),
                passage.down(memory, 1, weights->precision)};
    sums_ = {static_cast<double>(node.channels), macs / most_lanes_sharing(layer.output, *node.rule),
             others(layer.output, layer), held_by_lane(passage, MemoryOperand::o, sum),
             passage.up(1, sum) + passage.down(MemoryOperand::o, 1, sum)};
    applies_ = passage.exact();
}

double RefetchFloor::held_by_lane(const Passage& passage, MemoryOperand operand, Bits element)
{
    const Accelerator& accelerator = passage.accelerator();
    const Bits size = accelerator.memory(accelerator.levels(operand).front()).size;
    return std::max(1.0, static_cast<double>(size.count() / element.count()));
}

Picojoules RefetchFloor::of(double pixels) const
{
    if (!applies_ || pixels <= 0) return {};
    const double weights_stay = std::min(sums_.held, weights_.iterations * pixels);
    const double sums_stay = std::min(weights_.held, sums_.iterations);
    const double weights = std::max(0.0, weights_.most * pixels / weights_stay - weights_.once);
    const double sums = std::max(0.0, sums_.most / sums_stay - sums_.once) * pixels;
    return std::min(weights_.element * weights, sums_.element * sums);
}

}  // namespace plumbline::detail
