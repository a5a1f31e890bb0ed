// SPDX-License-Identifier: Apache-2.0
#include "weight_store.hpp"

#include <algorithm>

#include "block_space.hpp"
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

WeightStore::WeightStore(const Accelerator& accelerator, const Workload& workload, const Stack& stack,
                         const std::string& field)
    : stack_{&stack},
      memories_{accelerator.memories().size()}
{
    const TileClass& first = class_of_tile(stack, 0, 0);
    for (const TileClass& tile : stack.classes) {
        for (const Step& step : tile.steps) {
            const auto* compute = std::get_if<ComputeStep>(&step);
            if (compute == nullptr) continue;
            const Layer& layer = workload.layer(compute->layer);
            const BlockSpaces spaces = block_spaces(layer, compute->mapping);
            for (std::size_t i = 0; i < compute->mapping.operands.size(); ++i) {
                const OperandMapping& operand = compute->mapping.operands[i];
                const MemoryId memory = operand.levels.back();
                if (!is_constant(layer, operand.operand) || memory == accelerator.top()) continue;
                const std::vector<MemoryId>& loaded = levels_of(first, layer.id, operand.operand);
                if (loaded.back() != accelerator.top() ||
                    std::find(loaded.begin(), loaded.end(), memory) == loaded.end()) {
                    throw InputError{field, "layer '" + layer.name + "' reads its weights in " +
                                                accelerator.memory(memory).name +
                                                ", where the first tile does not bring them"};
                }
                residents_.push_back({layer.id, operand.operand, memory, spaces[i].back().block});
            }
        }
    }
    const auto same_place = [](const ResidentWeights& a, const ResidentWeights& b) {
        return a.layer == b.layer && a.operand == b.operand && a.memory == b.memory;
    };
    std::vector<ResidentWeights> largest;
    for (const ResidentWeights& each : residents_) {
        const auto known = std::find_if(largest.begin(), largest.end(),
                                        [&](const ResidentWeights& other) { return same_place(each, other); });
        if (known == largest.end())
            largest.push_back(each);
        else
            known->size = std::max(known->size, each.size);
    }
    residents_ = std::move(largest);
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
