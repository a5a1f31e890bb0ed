// SPDX-License-Identifier: Apache-2.0
#include "storage/weight_store.hpp"

#include <algorithm>

#include "loop_nest/block_space.hpp"
#include "plumbline/error.hpp"

namespace plumbline::sim {
namespace {

bool is_constant(const Layer& layer, const std::string& operand)
{
    return std::any_of(layer.inputs.begin(), layer.inputs.end(),
                       [&](const Operand& input) { return input.constant && input.name == operand; });
}

/// In which memory a tile of a class begins to read the weights of a layer.
const std::vector<MemoryId>& levels_of(const TileClass& tile, LayerId layer, const std::string& operand)
{
    for (const Step& step : tile.steps) {
        const auto* compute = std::get_if<ComputeStep>(&step);
        if (compute == nullptr || compute->layer != layer) continue;
        for (const OperandMapping& each : compute->mapping.operands) {
            if (each.operand == operand) return each.levels;
        }
    }
    throw InputError{"stack", "layer " + std::to_string(layer) + " is not computed"};
}

}  // namespace

WeightStore::WeightStore(const plumbline::Accelerator& accelerator, const Workload& workload, const Stack& stack)
    : stack_{&stack},
      top_{accelerator.top()},
      memories_{accelerator.memories().size()}
{
    for_each_step(stack, [&](const ScheduledStep& step) {
        if (const ComputeStep* compute = step.compute()) add(*compute, workload.layer(compute->layer));
    });
}

void WeightStore::add(const ComputeStep& step, const Layer& layer)
{
    const BlockSpaces spaces = block_spaces(layer, step.mapping);
    for (std::size_t i = 0; i < step.mapping.operands.size(); ++i) {
        const OperandMapping& operand = step.mapping.operands[i];
        const MemoryId memory = operand.levels.back();
        if (!is_constant(layer, operand.operand) || memory == top_) continue;
        const Bits size = spaces[i].back().block;
        const auto known = std::find_if(residents_.begin(), residents_.end(), [&](const ResidentWeights& each) {
            return each.layer == layer.id && each.operand == operand.operand && each.memory == memory;
        });
        if (known == residents_.end())
            residents_.push_back({layer.id, operand.operand, memory, size});
        else
            known->size = std::max(known->size, size);
    }
}

std::vector<ResidentWeights> WeightStore::absent() const
{
    std::vector<ResidentWeights> absent;
    for (const ResidentWeights& each : residents_) {
        const std::vector<MemoryId>& loaded = levels_of(class_of_tile(*stack_, 0, 0), each.layer, each.operand);
        const bool passes = std::find(loaded.begin(), loaded.end(), each.memory) != loaded.end();
        if (loaded.back() != top_ || !passes) absent.push_back(each);
    }
    return absent;
}

bool WeightStore::is_loaded(LayerId layer, std::size_t tile, std::size_t step) const
{
    const TileClass& kind = stack_->classes[tile];
    if (&kind != &class_of_tile(*stack_, 0, 0)) return true;
    return std::any_of(kind.steps.begin(), kind.steps.begin() + static_cast<std::ptrdiff_t>(step),
                       [&](const Step& each) {
                           const auto* compute = std::get_if<ComputeStep>(&each);
                           return compute != nullptr && compute->layer == layer;
                       });
}

std::vector<Bits> WeightStore::held(std::size_t tile, std::size_t step, std::optional<LayerId> running) const
{
    std::vector<Bits> held(memories_);
    for (const ResidentWeights& each : residents_) {
        if (each.layer != running && is_loaded(each.layer, tile, step)) held[each.memory] += each.size;
    }
    return held;
}

Bits WeightStore::resident(LayerId layer, const std::string& operand, MemoryId memory) const
{
    for (const ResidentWeights& each : residents_) {
        if (each.layer == layer && each.operand == operand && each.memory == memory) return each.size;
    }
    return Bits{};
}

Bits weights_of(const Workload& workload)
{
    Bits sum{};
    for (const Layer& layer : workload.layers()) {
        for (const Operand& input : layer.inputs) {
            if (input.constant) sum += input.precision * elements(input, layer.sizes);
        }
    }
    return sum;
}

}  // namespace plumbline::sim
